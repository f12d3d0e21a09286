"""The tree of units on any day: today's from the page tree, older ones from dated rows."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from library.units.models import UnitPage, UnitParent

Parents: TypeAlias = dict[int, int | None]  # by unit


class Unit(NamedTuple):
    pk: int
    path: str
    name: str
    code: str
    kind_id: int
    kind: str
    kind_name: str
    ended_on: datetime.date | None = None  # the first day without it

    def stands_on(self, day: datetime.date) -> bool:
        return self.ended_on is None or day < self.ended_on


class Tree:
    """Who stands under whom; built from each unit's parent."""

    def __init__(self, parents: Mapping[int, int | None]) -> None:
        self.parents = dict(parents)
        self._chains: dict[int, tuple[int, ...]] = {}
        for unit in parents:  # dated rows that make a loop: its last unit is a top
            self.parents[self.chain(unit)[-1]] = None

    def chain(self, unit: int) -> tuple[int, ...]:
        """The unit and everything above it, nearest first."""
        found = self._chains.get(unit)
        if found is None:
            above = self.parents.get(unit)
            known = () if above is None else self._chains.get(above)
            found = self._up(unit) if known is None or unit in known else (unit, *known)
            self._chains[unit] = found
        return found

    def _up(self, unit: int) -> tuple[int, ...]:
        found: list[int] = []
        at: int | None = unit
        while at is not None and at not in found:
            found.append(at)
            at = self.parents.get(at)
        return tuple(found)

    def chains(self, units: tuple[int, ...]) -> tuple[int, ...]:
        """The units and everything above any of them, each once."""
        if len(units) == 1:
            return self.chain(units[0])
        return tuple(dict.fromkeys(at for unit in units for at in self.chain(unit)))

    def walk(self, order: Mapping[int, str]) -> Iterator[tuple[int, int]]:
        """Each unit with its depth, parents before children, siblings by `order`."""
        below: dict[int | None, list[int]] = defaultdict(list)
        for unit in sorted(self.parents, key=lambda pk: order[pk]):
            below[self.parents[unit]].append(unit)
        waiting = [(top, 0) for top in reversed(below[None])]
        while waiting:
            unit, depth = waiting.pop()
            yield unit, depth
            waiting += [(child, depth + 1) for child in reversed(below[unit])]


@dataclass(frozen=True)
class Period:
    """From one day to another (None: without end) the tree was this one."""

    first: datetime.date | None
    last: datetime.date | None
    tree: Tree


def units() -> dict[int, Unit]:
    fields = ("pk", "path", "title", "code", "kind_id", "kind__code", "kind__name")
    rows = UnitPage.objects.order_by("path").values_list(*fields, "ended_on")
    return {row[0]: Unit(*row) for row in rows}


def unit_of(page: UnitPage) -> Unit:
    kind = page.kind
    return Unit(
        page.pk,
        page.path,
        page.title,
        page.code,
        kind.pk,
        kind.code,
        kind.name,
        page.ended_on,
    )


def tree_now(known: Mapping[int, Unit]) -> Tree:
    at = {unit.path: pk for pk, unit in known.items()}
    step = UnitPage.steplen
    return Tree({pk: at.get(unit.path[:-step]) for pk, unit in known.items()})


class Trees:
    """The trees of all times: between two days of change there is one."""

    def __init__(self, known: Mapping[int, Unit]) -> None:
        self.now = tree_now(known)
        self._moved = _moved(self.now)
        self.changes = sorted({day for days in self._moved for day in days})
        self._trees: dict[int, Tree] = {}

    def periods(self) -> list[Period]:
        """The times between changes, the oldest first, each with its tree."""
        day = datetime.timedelta(days=1)
        firsts = [None, *self.changes]
        lasts = [*(change - day for change in self.changes), None]
        return [
            Period(first, last, self.of_period(at))
            for at, (first, last) in enumerate(zip(firsts, lasts, strict=True))
        ]

    def period_of(self, day: datetime.date) -> int:
        return bisect_right(self.changes, day)

    def of_period(self, period: int) -> Tree:
        """Period 0 is before the first change, n begins with the n-th; the last is today's."""
        if period == len(self.changes):
            return self.now
        if period not in self._trees:
            self._trees[period] = Tree(self.now.parents | self._elsewhere[period])
        return self._trees[period]

    @cached_property
    def _elsewhere(self) -> list[Parents]:
        """Of each period the units that stood under another one than today."""
        found: list[Parents] = [{} for _period in range(len(self.changes) + 1)]
        for (first, end), parents in self._moved.items():
            for period in range(self.period_of(first), self.period_of(end)):
                found[period] |= parents
        return found


def _moved(now: Tree) -> dict[tuple[datetime.date, datetime.date], Parents]:
    """Parents other than today's, by the first day with them and the first without."""
    found: dict[tuple[datetime.date, datetime.date], Parents] = defaultdict(dict)
    # Of the row that is open the page tree says the same.
    rows = UnitParent.objects.filter(valid_until__isnull=False).order_by()
    fields = ("valid_from", "valid_until", "unit_id", "parent_id")
    for first, end, unit, parent in rows.values_list(*fields):
        if unit in now.parents and parent != now.parents[unit]:
            found[first, end][unit] = parent
    return found
