"""The report as a table: each unit with what it brought, below the one it stands under."""

from __future__ import annotations

from django.utils.translation import gettext as _

from library.contributions.rollup import Report, UnitRow
from library.contributions.spans import Against
from library.contributions.tables import Bar, Cell, Column, Row, Shape, Table

NUMBER, CHANGE = Shape.NUMBER, Shape.CHANGE


def tree_table(report: Report) -> Table:
    has_shared = any(row.shared for row in report.units)
    shallowest = min((row.depth for row in report.units), default=0)
    return Table(
        name="dong-gop",
        title=_("Contributions of units"),
        columns=_columns(report, has_shared=has_shared),
        rows=tuple(
            _row(row, shallowest, has_shared=has_shared) for row in report.units
        ),
        total=_total(report, has_shared=has_shared),
        empty=_("There are no units yet. An administrator adds them under “Pages”."),
    )


def _columns(report: Report, *, has_shared: bool) -> tuple[Column, ...]:
    shared = [Column(_("Of these with others"), NUMBER, 14)] if has_shared else []
    compared = [
        column
        for each in report.question.compared
        for column in _compared(each.against)
    ]
    return (
        Column(_("Code"), width=18, is_shown=False),
        Column(_("Unit"), width=44),
        Column(_("Kind"), width=22, is_shown=False),
        Column(_("Above"), width=18, is_shown=False),
        Column(_("Own"), NUMBER, 10),
        *shared,
        Column(_("Total"), NUMBER, 10),
        *compared,
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


def _row(row: UnitRow, shallowest: int, *, has_shared: bool) -> Row:
    cells: list[Cell] = [row.code, row.name, row.kind_name, row.parent, row.own]
    cells += [row.shared] if has_shared else []
    cells += [row.total, *changes(row.total, row.compared)]
    cells += [row.target, row.toward, str(row.state.label) if row.state else None]
    return Row(
        tuple(cells),
        depth=row.depth - shallowest,
        tone=str(row.state or ""),
        bar=bar(row.toward, row.target),
    )


def _total(report: Report, *, has_shared: bool) -> tuple[Cell, ...]:
    now, *before = report.totals
    changed = changes(now, tuple(before))
    nothing = [None] * (1 + has_shared)
    return ("", _("All units"), "", "", *nothing, now, *changed, None, None, None)


def changes(now: int, before: tuple[int, ...]) -> list[int]:
    """Each number that it is compared with, and how it differs from that."""
    return [number for then in before for number in (then, now - then)]


def bar(toward: int | None, target: int | None) -> Bar | None:
    if target is None or toward is None:
        return None
    words = _("%(toward)d of %(target)d") % {"toward": toward, "target": target}
    return Bar(min(toward, target), target, words)
