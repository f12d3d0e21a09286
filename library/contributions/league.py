"""Who leads: units of one kind and one size, ranked by their share of the target."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from library.contributions.rollup import UnitRow
from library.contributions.tables import Column, Row, Shape, Table, text_of
from library.contributions.tree_table import bar

# Members of a unit: up to each of these is a class of its own, what is above the last.
SIZES = (500, 1000, 2000)
UNKNOWN = -1
NUMBER = Shape.NUMBER


def league_tables(
    rows: Iterable[UnitRow], members: Mapping[int, int]
) -> tuple[Table, ...]:
    """One for each kind and size that more than one unit has, the largest kinds first."""
    groups: dict[tuple[str, int], list[UnitRow]] = defaultdict(list)
    for row in rows:
        groups[row.kind, size_of(members.get(row.pk))].append(row)
    contests = [(key, units) for key, units in groups.items() if len(units) > 1]
    contests.sort(key=lambda each: (-len(each[1]), each[0]))
    return tuple(_table(size, units) for (_kind, size), units in contests)


def size_of(members: int | None) -> int:
    """The number of its class: 0 is the smallest."""
    return UNKNOWN if members is None else bisect_left(SIZES, members)


def size_name(size: int) -> str:
    if size == UNKNOWN:
        return _("size not known")
    if size == 0:
        return _("up to %(most)s members") % {"most": text_of(SIZES[0])}
    if size == len(SIZES):
        return _("over %(least)s members") % {"least": text_of(SIZES[-1])}
    least, most = SIZES[size - 1] + 1, SIZES[size]
    return _("%(least)s to %(most)s members") % {
        "least": text_of(least),
        "most": text_of(most),
    }


def _table(size: int, units: list[UnitRow]) -> Table:
    ranked = sorted(units, key=lambda row: (_score(row), row.path))
    ranks = _ranks([_score(row) for row in ranked])
    kind = units[0].kind_name
    name = f"xep-hang-{units[0].kind}" + ("" if size == UNKNOWN else f"-{size + 1}")
    return Table(
        name=name,
        title=_("League: %(kind)s, %(size)s") % {"kind": kind, "size": size_name(size)},
        columns=(
            Column(_("Code"), width=18, is_shown=False),
            Column(_("Unit"), width=44),
            Column(_("Rank"), NUMBER, 8),
            Column(_("Clips"), NUMBER, 8),
            Column(_("Target"), NUMBER, 10),
            Column(_("Toward the target"), NUMBER, 14),
            Column(_("Percent"), NUMBER, 10),
        ),
        rows=tuple(_row(rank, row) for rank, row in zip(ranks, ranked, strict=True)),
    )


def _row(rank: int, row: UnitRow) -> Row:
    cells = (row.code, row.name, rank, row.total, row.target, row.toward, percent(row))
    return Row(cells, tone=str(row.state or ""), bar=bar(row.toward, row.target))


def percent(row: UnitRow) -> int | None:
    """Of the target; more than a hundred where more came than was asked for."""
    if not row.target or row.toward is None:
        return None
    return 100 * row.toward // row.target


def _score(row: UnitRow) -> tuple[bool, float, int]:
    """The best first; units without a target after those that have one."""
    if not row.target or row.toward is None:
        return True, 0.0, -row.total
    return False, -row.toward / row.target, -row.total


def _ranks(scores: list[tuple[bool, float, int]]) -> list[int]:
    """Equals share a rank, and the next one counts those before it."""
    ranks: list[int] = []
    for place, score in enumerate(scores):
        same = place > 0 and scores[place - 1] == score
        ranks.append(ranks[-1] if same else place + 1)
    return ranks
