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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from library.contributions import crews, goals, trees
from library.contributions.models import Campaign, LedgerEntry
from library.contributions.periods import end_of, start_of
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

    def of_span(self, span: Span, against: Iterable[Against] = ()) -> Question:
        """The same, of a period and of what it is to be compared with."""
        found = ((each, span.against(each, self.as_of)) for each in against)
        compared = tuple(Comparison(each, other) for each, other in found if other)
        return replace(
            self, first=span.first, last=span.last, span=span, compared=compared
        )


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
    shared: int = 0  # of the own ones, those made together with other units
    target: int | None = None
    toward: int | None = None
    state: goals.State | None = None
    stands: bool = True  # it had not ended on the `as_of` day
    compared: tuple[int, ...] = ()  # totals of the periods that it is compared with


@dataclass(frozen=True)
class Heap:
    """Rows of one unit, or of the same ones together, that go up the same way."""

    owners: tuple[int, ...]
    chain: tuple[int, ...]  # the owners and all above them, each once
    kind: int | None
    in_campaign: int
    counts: tuple[int, ...]  # in the period asked about, then in those compared

    @property
    def counted(self) -> int:
        return self.counts[0]


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
    own, shared = Counter[int](), Counter[int]()
    totals = [Counter[int]() for _window in range(1 + len(asked.compared))]
    for heap in heaps:
        own.update(dict.fromkeys(heap.owners, heap.counted))
        if len(heap.owners) > 1:
            shared.update(dict.fromkeys(heap.owners, heap.counted))
        for total, count in zip(totals, heap.counts, strict=True):
            total.update(dict.fromkeys(heap.chain, count))
    progress = _progress(asked, units, heaps)
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


def _heaps(
    asked: Question, ways: trees.Trees | None, today: trees.Tree
) -> tuple[Heap, ...]:
    windows = [(asked.first, asked.last)]
    windows += [(each.span.first, each.span.last) for each in asked.compared]
    counts = {
        f"window_{at}": _count(_between(*days)) for at, days in enumerate(windows)
    }
    rows = (
        _rows_at(asked)
        .annotate(period=_period(ways))
        .order_by()
        .values_list("unit_id", "crew__key", "kind_id", "period")
        .annotate(in_campaign=_in_campaign(asked.campaign), **counts)
    )
    return tuple(
        Heap(
            owners := (unit, *crews.ids_of(crew)),
            (ways.of_period(period) if ways else today).chains(owners),
            kind,
            in_campaign,
            tuple(counted),
        )
        for unit, crew, kind, period, in_campaign, *counted in rows
    )


def _rows_at(asked: Question) -> QuerySet[LedgerEntry]:
    """Of the ledger as it stood, the rows that some count may want."""
    rows = LedgerEntry.objects.at(end_of(asked.as_of))
    begins = [asked.first, *(each.span.first for each in asked.compared)]
    begins += [asked.campaign.starts_on] if asked.campaign else []
    known = [day for day in begins if day]
    if len(known) < len(begins):
        return rows
    return rows.filter(counted_from__gte=start_of(min(known)))


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
    between = Q()
    if first:
        between &= Q(counted_from__gte=start_of(first))
    if last:
        between &= Q(counted_from__lte=end_of(last))
    return between


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition) if condition else Count("*")


def _in_campaign(campaign: Campaign | None) -> Count | Value:
    if campaign is None:
        return Value(0)
    return _count(_between(campaign.starts_on, campaign.ends_on))


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
