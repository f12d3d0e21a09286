"""The ledger itself as a table: every counted clip, so that each sum can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from library.contributions.models import CrewMember, LedgerEntry, LedgerQuerySet
from library.contributions.periods import end_of, start_of
from library.contributions.rollup import Report
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


def behind(report: Report) -> LedgerQuerySet:
    """The rows that the sums of a report come from, of the units that it shows."""
    asked = report.question
    rows = LedgerEntry.objects.at(end_of(asked.as_of))
    if asked.first:
        rows = rows.filter(counted_from__gte=start_of(asked.first))
    if asked.last:
        rows = rows.filter(counted_from__lte=end_of(asked.last))
    units = [row.pk for row in report.units]
    with_credit = CrewMember.objects.filter(unit__in=units).values("crew")
    return rows.filter(Q(unit__in=units) | Q(crew__in=with_credit))


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
