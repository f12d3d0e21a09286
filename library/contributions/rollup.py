"""Totals of counted clips up the tree of units, beside the targets of a campaign.

Two readings of the tree:

- `now`: the page tree of today; a unit's total is what it and all units below it today
  brought.
- `then`: each row goes up the parents (`UnitParent`) that were valid on the local day
  on which it was counted, so a district keeps what its schools brought while they were
  its schools. A unit without a parent row for that day goes up today's tree there.

A clip that units made together is `own` to each of them (`shared`) and counts once
for every unit above any of them.

Both readings put the same rows on the same units (`own`) and have the same total. In
`then`, `parent` is the one valid on the `as_of` day; the total of a unit that lost or
won children is then not the sum of the totals below it.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from library.contributions import goals, trees
from library.contributions.heaps import Days, Heap, gather
from library.contributions.models import Campaign
from library.contributions.spans import Against, Span


class Reading(StrEnum):
    THEN = "then"
    NOW = "now"


@dataclass(frozen=True)
class Comparison:
    against: Against
    span: Span


@dataclass(frozen=True)
class Question:
    """Which rows count: those begun between two days, as the ledger stood at `as_of`.

    What it is compared with is counted by the same ledger.
    """

    as_of: datetime.date
    first: datetime.date | None = None
    last: datetime.date | None = None
    tree: Reading = Reading.NOW
    campaign: Campaign | None = None
    span: Span | None = None  # the two days as a period with a name
    compared: tuple[Comparison, ...] = ()

    @property
    def windows(self) -> list[Days]:
        """The days asked about, those compared, and last the campaign's where one is."""
        spans: list[Days] = [
            (each.span.first, each.span.last) for each in self.compared
        ]
        ends = (
            [(self.campaign.starts_on, self.campaign.ends_on)] if self.campaign else []
        )
        return [(self.first, self.last), *spans, *ends]

    def of_span(self, span: Span, against: Iterable[Against] = ()) -> Question:
        """The same, of a period and of what it is to be compared with."""
        found = ((each, span.against(each, self.as_of)) for each in against)
        compared = tuple(Comparison(each, other) for each, other in found if other)
        return replace(
            self, first=span.first, last=span.last, span=span, compared=compared
        )


class UnitRow(NamedTuple):
    """One unit: `toward` is what counts toward `target`, within the campaign's dates."""

    pk: int
    code: str
    name: str
    kind: str
    kind_name: str
    parent: str | None
    path: str  # in the page tree, which is what rights follow
    depth: int
    own: int
    total: int
    shared: int = 0  # of the own ones, those made together with other units
    target: int | None = None
    toward: int | None = None
    state: goals.State | None = None
    stands: bool = True  # it had not ended on the `as_of` day
    compared: tuple[int, ...] = ()  # totals of the periods that it is compared with


@dataclass(frozen=True)
class Report:
    """Units in tree order, parents before children."""

    question: Question
    units: tuple[UnitRow, ...]
    heaps: tuple[Heap, ...]
    names: Mapping[str, str]  # of all units, by code
    is_whole: bool = True

    @property
    def total(self) -> int:
        """Of a part: what the highest units shown brought, each clip once."""
        return self.totals[0]

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The total, then those of what it is compared with."""
        heaps: Iterable[Heap] = self.heaps
        if not self.is_whole:
            tops = {row.pk for row in self.tops}
            heaps = [each for each in heaps if not tops.isdisjoint(each.chain)]
        windows = range(1 + len(self.question.compared))
        return tuple(sum(heap.counts[at] for heap in heaps) for at in windows)

    @property
    def tops(self) -> tuple[UnitRow, ...]:
        """The units shown that stand below no other one shown."""
        shown = {row.code for row in self.units}
        return tuple(row for row in self.units if row.parent not in shown)

    def below(self, code: str) -> Report:
        """The unit and what stands under it in this reading."""
        kept = {code}
        for row in self.units:
            if row.parent in kept:
                kept.add(row.code)
        return self._with(lambda row: row.code in kept)

    def within(self, paths: Iterable[str]) -> Report:
        """What stands at or below the paths of the page tree: a reader's own units."""
        starts = tuple(paths)
        return self._with(lambda row: row.path.startswith(starts))

    def only(self, paths: Collection[str]) -> Report:
        """Just the units at these paths, whatever stands below them."""
        return self._with(lambda row: row.path in paths)

    def _with(self, keeps: Callable[[UnitRow], bool]) -> Report:
        kept = tuple(row for row in self.units if keeps(row))
        return replace(self, units=kept, is_whole=False)


def question(
    as_of: datetime.date | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    tree: Reading = Reading.NOW,
    campaign: Campaign | None = None,
) -> Question:
    """Today, and the campaign that runs then, where nothing else is said."""
    as_of = as_of or timezone.localdate()
    if campaign is None:
        campaign = goals.running(list(Campaign.objects.all()), as_of)
    return Question(as_of, first, last, Reading(tree), campaign)


def report(asked: Question) -> Report:
    """Five queries at most, whatever the number of units and clips."""
    units = trees.units()
    ways = trees.Trees(units) if asked.tree is Reading.THEN else None
    shown = (
        ways.of_period(ways.period_of(asked.as_of)) if ways else trees.tree_now(units)
    )
    periods = ways.periods() if ways else (trees.Period(None, None, shown),)
    campaign = asked.campaign
    targets = goals.targets_of(campaign, units) if campaign else {}
    has_kinds = any(kind for wanted in targets.values() for kind in wanted)
    heaps = gather(asked.as_of, asked.windows, periods, by_kind=has_kinds)
    own, shared, totals = _sums(heaps, len(asked.windows))
    progress = _progress(asked, targets, heaps, totals[-1])
    totals = totals[: 1 + len(asked.compared)]
    rows = [
        _row(
            (units[pk], units.get(shown.parents[pk] or 0)),
            depth,
            (own[pk], shared[pk], *(total[pk] for total in totals)),
            progress.get(pk),
            asked.as_of,
        )
        for pk, depth in shown.walk({pk: unit.path for pk, unit in units.items()})
    ]
    names = {unit.code: unit.name for unit in units.values()}
    return Report(asked, tuple(rows), heaps, names)


def _row(
    place: tuple[trees.Unit, trees.Unit | None],  # the unit and the one above it
    depth: int,
    counted: tuple[int, ...],
    goal: goals.Progress | None,
    day: datetime.date,
) -> UnitRow:
    (unit, above), (own, shared, total, *compared) = place, counted
    return UnitRow(
        pk=unit.pk,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        kind_name=unit.kind_name,
        parent=above.code if above else None,
        path=unit.path,
        depth=depth,
        own=own,
        total=total,
        shared=shared,
        stands=unit.stands_on(day),
        compared=tuple(compared),
        target=goal.target if goal else None,
        toward=goal.toward if goal else None,
        state=goal.state if goal else None,
    )


def _sums(
    heaps: Iterable[Heap], windows: int
) -> tuple[dict[int, int], dict[int, int], list[dict[int, int]]]:
    """By unit: its own clips, those made with others, and the total of each window."""
    own, shared = defaultdict[int, int](int), defaultdict[int, int](int)
    totals = [defaultdict[int, int](int) for _window in range(windows)]
    for heap in heaps:
        for owner in heap.owners:
            own[owner] += heap.counted
            if len(heap.owners) > 1:
                shared[owner] += heap.counted
        for at, total in enumerate(totals):
            if count := heap.counts[at]:
                for unit in heap.chain:
                    total[unit] += count
    return own, shared, list(totals)


def _progress(
    asked: Question,
    targets: Mapping[int, goals.ByKind],
    heaps: Iterable[Heap],
    in_campaign: Mapping[int, int],  # its window is the last one
) -> dict[int, goals.Progress]:
    if asked.campaign is None:
        return {}
    of_kind: dict[int, Counter[int | None]] = defaultdict(Counter)
    for heap in heaps:
        if heap.kind is not None and heap.counts[-1]:
            for unit in targets.keys() & heap.chain:
                of_kind[unit][heap.kind] += heap.counts[-1]
    elapsed = asked.campaign.elapsed(asked.as_of)
    return {
        pk: goals.progress(
            wanted, {None: in_campaign.get(pk, 0), **of_kind.get(pk, {})}, elapsed
        )
        for pk, wanted in targets.items()
    }
