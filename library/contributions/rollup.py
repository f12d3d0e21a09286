"""Totals of counted clips up the tree of units, beside the targets of a campaign.

Two readings of the tree:

- `now`: the page tree of today; a unit's total is what it and all units below it today
  brought.
- `then`: each row goes up the parents (`UnitParent`) that were valid on the local day
  on which it was counted, so a district keeps what its schools brought while they were
  its schools. A unit without a parent row for that day goes up today's tree there.

Both readings put the same rows on the same units (`own`) and have the same total. In
`then`, `parent` is the one valid on the `as_of` day; the total of a unit that lost or
won children is then not the sum of the totals below it.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from library.contributions import goals, trees
from library.contributions.models import Campaign, LedgerEntry
from library.contributions.periods import end_of, start_of


class Reading(StrEnum):
    THEN = "then"
    NOW = "now"


@dataclass(frozen=True)
class Question:
    """Which rows count: those begun between two days, as the ledger stood at `as_of`."""

    as_of: datetime.date
    first: datetime.date | None = None
    last: datetime.date | None = None
    tree: Reading = Reading.NOW
    campaign: Campaign | None = None


@dataclass(frozen=True)
class UnitRow:
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
    target: int | None = None
    toward: int | None = None
    state: goals.State | None = None


@dataclass(frozen=True)
class Heap:
    """Rows of one unit that go up the same way."""

    chain: tuple[int, ...]
    kind: int | None
    counted: int
    in_campaign: int


@dataclass(frozen=True)
class Report:
    """Units in tree order, parents before children."""

    question: Question
    units: tuple[UnitRow, ...]
    heaps: tuple[Heap, ...]
    is_whole: bool = True

    @property
    def total(self) -> int:
        """Of a part: what the highest units shown brought, each clip once."""
        if self.is_whole:
            return sum(heap.counted for heap in self.heaps)
        shown = {row.code for row in self.units}
        tops = {row.pk for row in self.units if row.parent not in shown}
        return sum(
            heap.counted for heap in self.heaps if not tops.isdisjoint(heap.chain)
        )

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
    heaps = _heaps(asked, ways, shown)
    own, total = Counter[int](), Counter[int]()
    for heap in heaps:
        own[heap.chain[0]] += heap.counted
        total.update(dict.fromkeys(heap.chain, heap.counted))
    progress = _progress(asked, units, heaps)
    rows = [
        _row(units, shown, pk, depth, (own[pk], total[pk]), progress.get(pk))
        for pk, depth in shown.walk({pk: unit.path for pk, unit in units.items()})
    ]
    return Report(asked, tuple(rows), heaps)


def _row(
    units: Mapping[int, trees.Unit],
    shown: trees.Tree,
    pk: int,
    depth: int,
    counted: tuple[int, int],
    goal: goals.Progress | None,
) -> UnitRow:
    unit, above = units[pk], shown.parents[pk]
    return UnitRow(
        pk=pk,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        kind_name=unit.kind_name,
        parent=units[above].code if above else None,
        path=unit.path,
        depth=depth,
        own=counted[0],
        total=counted[1],
        target=goal.target if goal else None,
        toward=goal.toward if goal else None,
        state=goal.state if goal else None,
    )


def _heaps(
    asked: Question, ways: trees.Trees | None, today: trees.Tree
) -> tuple[Heap, ...]:
    rows = (
        _rows_at(asked)
        .annotate(period=_period(ways))
        .order_by()
        .values_list("unit_id", "kind_id", "period")
        .annotate(
            counted=Count("pk", filter=_between(asked.first, asked.last)),
            in_campaign=Count("pk", filter=_in_campaign(asked.campaign)),
        )
    )
    return tuple(
        Heap((ways.of_period(period) if ways else today).chain(unit), kind, *counts)
        for unit, kind, period, *counts in rows
    )


def _rows_at(asked: Question) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.at(end_of(asked.as_of))


def _period(ways: trees.Trees | None) -> Case | Value:
    """In which of the trees' periods a row was counted."""
    if ways is None or not ways.changes:
        return Value(0, output_field=IntegerField())
    last = len(ways.changes)
    return Case(
        *(
            When(counted_from__lt=start_of(day), then=Value(period))
            for period, day in enumerate(ways.changes)
        ),
        default=Value(last),
        output_field=IntegerField(),
    )


def _between(first: datetime.date | None, last: datetime.date | None) -> Q:
    between = Q(pk__isnull=False)
    if first:
        between &= Q(counted_from__gte=start_of(first))
    if last:
        between &= Q(counted_from__lte=end_of(last))
    return between


def _in_campaign(campaign: Campaign | None) -> Q:
    if campaign is None:
        return Q(pk__isnull=True)
    return _between(campaign.starts_on, campaign.ends_on)


def _progress(
    asked: Question, units: dict[int, trees.Unit], heaps: Iterable[Heap]
) -> dict[int, goals.Progress]:
    if asked.campaign is None:
        return {}
    targets = goals.targets_of(asked.campaign, units)
    counted: dict[int, Counter[int | None]] = defaultdict(Counter)
    for heap in heaps:
        for unit in heap.chain:
            counted[unit][None] += heap.in_campaign
            if heap.kind is not None:
                counted[unit][heap.kind] += heap.in_campaign
    elapsed = asked.campaign.elapsed(asked.as_of)
    return {
        pk: goals.progress(wanted, counted[pk], elapsed)
        for pk, wanted in targets.items()
    }
