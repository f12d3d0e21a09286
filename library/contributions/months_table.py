"""The months of a unit as a table: what was signed, by whom, and what changed since."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from library.contributions.freezing import Month
from library.contributions.tables import Column, Row, Shape, Table


def months_table(found: Iterable[Month]) -> Table:
    return Table(
        name="cac-thang",
        title=_("Signed months and corrections"),
        columns=(
            Column(_("Month"), width=24),
            Column(_("By the ledger now"), Shape.NUMBER, 14),
            Column(_("Signed"), Shape.NUMBER, 10),
            Column(_("Correction since"), Shape.CHANGE, 12),
            Column(_("Signed by"), width=26),
            Column(_("Signed on"), Shape.DAY, 12),
        ),
        rows=tuple(_row(each) for each in found),
        notes=(_("Units stand under each other as organised at the time."),),
        empty=_("No month with counted clips is over yet."),
    )


def _row(month: Month) -> Row:
    frozen = month.frozen
    return Row(
        (
            month.span.name,
            month.now,
            month.signed,
            month.correction,
            frozen.signed_by if frozen else None,
            frozen.frozen_at if frozen else None,
        )
    )
