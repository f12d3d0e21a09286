"""The report as a table: each unit with what it brought, below the one it stands under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.contributions.rollup import Comparison, Report, UnitRow
from library.contributions.spans import Against
from library.contributions.tables import Bar, Cell, Column, Row, Shape, Table

NUMBER, CHANGE = Shape.NUMBER, Shape.CHANGE


@dataclass(frozen=True)
class Parts:
    """Which columns the table has beside those it always has."""

    has_shared: bool  # clips made together with other units
    signed: Mapping[int, int]  # totals of the month that somebody signed, by unit
    compared: tuple[Comparison, ...]


def tree_table(report: Report, signed: Mapping[int, int] | None = None) -> Table:
    parts = Parts(
        any(row.shared for row in report.units),
        signed or {},
        report.question.compared,
    )
    shallowest = min((row.depth for row in report.units), default=0)
    return Table(
        name="dong-gop",
        title=_("Contributions of units"),
        columns=_columns(parts),
        rows=tuple(_row(row, shallowest, parts) for row in report.units),
        total=_total(report, parts),
        empty=_("There are no units yet. An administrator adds them under “Pages”."),
    )


def _columns(parts: Parts) -> tuple[Column, ...]:
    shared = [Column(_("Of these with others"), NUMBER, 14)]
    signed = [
        Column(_("Signed"), NUMBER, 10),
        Column(_("Correction since"), CHANGE, 12),
    ]
    return (
        Column(_("Code"), width=18, is_shown=False),
        Column(_("Unit"), width=44),
        Column(_("Kind"), width=22, is_shown=False),
        Column(_("Above"), width=18, is_shown=False),
        Column(_("Own"), NUMBER, 10),
        *(shared if parts.has_shared else []),
        Column(_("Total"), NUMBER, 10),
        *(signed if parts.signed else []),
        *(column for each in parts.compared for column in _compared(each.against)),
        Column(_("Target"), NUMBER, 10),
        Column(_("Toward the target"), NUMBER, 14),
        Column(_("State"), Shape.STATE, 16),
    )


def _compared(against: Against) -> tuple[Column, Column]:
    heading = {
        Against.BEFORE: _("Period before"),
        Against.YEAR: _("A year before"),
    }[against]
    change = {
        Against.BEFORE: _("Against the period before"),
        Against.YEAR: _("Against a year before"),
    }[against]
    return Column(heading, NUMBER, 14), Column(change, CHANGE, 14)


def _row(row: UnitRow, shallowest: int, parts: Parts) -> Row:
    name = row.name if row.stands else _("%(unit)s (ended)") % {"unit": row.name}
    cells: list[Cell] = [row.code, name, row.kind_name, row.parent, row.own]
    cells += [row.shared] if parts.has_shared else []
    cells += [row.total]
    cells += _correction(row.total, parts.signed.get(row.pk)) if parts.signed else []
    cells += [*changes(row.total, row.compared), row.target, row.toward]
    cells += [str(row.state.label) if row.state else None]
    return Row(
        tuple(cells),
        depth=row.depth - shallowest,
        tone=str(row.state or ""),
        bar=bar(row.toward, row.target),
    )


def _total(report: Report, parts: Parts) -> tuple[Cell, ...]:
    """Of what was signed there is a sum where one unit stands above all others."""
    now, *before = report.totals
    signed = parts.signed.get(report.tops[0].pk) if len(report.tops) == 1 else None
    cells: list[Cell] = ["", _("All units"), "", "", *[None] * (1 + parts.has_shared)]
    cells += [now, *(_correction(now, signed) if parts.signed else [])]
    return (*cells, *changes(now, tuple(before)), None, None, None)


def _correction(now: int, signed: int | None) -> list[Cell]:
    return [None, None] if signed is None else [signed, now - signed]


def changes(now: int, before: tuple[int, ...]) -> list[int]:
    """Each number that it is compared with, and how it differs from that."""
    return [number for then in before for number in (then, now - then)]


def bar(toward: int | None, target: int | None) -> Bar | None:
    if target is None or toward is None:
        return None
    words = _("%(toward)d of %(target)d") % {"toward": toward, "target": target}
    return Bar(min(toward, target), target, words)
