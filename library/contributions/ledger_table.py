"""The ledger itself as a table: every counted clip, so that each sum can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.contributions.models import LedgerQuerySet
from library.contributions.tables import Column, Row, Shape, Table

AT_ONCE = 2000
FIELDS = (
    "clip_number",
    "clip_title",
    "unit__code",
    "unit__title",
    "kind__name",
    "counted_from",
    "withdrawn_from",
    "withdrawn_why",
)


@dataclass(frozen=True)
class Rows:
    """Read anew each time, some thousand at once."""

    ledger: LedgerQuerySet

    def __iter__(self) -> Iterator[Row]:
        rows = self.ledger.order_by("counted_from", "pk").values_list(*FIELDS)
        for cells in rows.iterator(chunk_size=AT_ONCE):
            yield Row(cells)


def table_of(ledger: LedgerQuerySet) -> Table:
    return Table(
        name="so-ghi-nhan",
        title=_("Ledger of counted clips"),
        columns=(
            Column(_("Number"), Shape.NUMBER, 10, is_shown=False),
            Column(_("Clip"), width=50),
            Column(_("Code"), width=18, is_shown=False),
            Column(_("Unit"), width=40),
            Column(_("Kind"), width=18),
            Column(_("Counted since"), Shape.DAY, 12),
            Column(_("Until"), Shape.DAY, 12),
            Column(_("Why it was taken down"), width=30, is_shown=False),
        ),
        rows=Rows(ledger),
        empty=_("No clip has been counted yet."),
    )
