"""What the ledger holds, summed up in one query: heaps of rows that go up the same way.

The database reads a covering index in its own order, once, and counts what was counted
before each day on which a tree's period or a window of days begins or ends: what lies
between two such days is a difference. To group by periods as well would mean to sort
all rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from library.contributions import crews
from library.contributions.models import Crew, LedgerEntry
from library.contributions.periods import LAST, end_of, start_of
from library.contributions.trees import Period

Days: TypeAlias = tuple[datetime.date | None, datetime.date | None]
COUNTS_AT_ONCE = 300  # a statement holds not many more columns than these


class Heap(NamedTuple):
    """Rows of one unit, or of the same ones together, that go up the same way."""

    owners: tuple[int, ...]
    chain: tuple[int, ...]  # the owners and all above them, each once
    kind: int | None
    counts: tuple[int, ...]  # one for each window

    @property
    def counted(self) -> int:
        return self.counts[0]


@dataclass(frozen=True)
class Part:
    """The windows as far as they lie within one period of the trees."""

    period: Period
    windows: tuple[Days | None, ...]  # None: not at all

    @property
    def edges(self) -> Iterator[datetime.date]:
        """The first day of each window, and the first after it."""
        for first, last in filter(None, self.windows):
            if first:
                yield first
            if last:
                yield _after(last)

    def places(self, at: Mapping[datetime.date, int]) -> list[tuple[int, int]]:
        """Of each window where its first day and its end stand; 0: at the beginning of
        all time, -1: at its end."""
        return [
            (at[days[0]] if days[0] else 0, at[_after(days[1])] if days[1] else -1)
            if days
            else (0, 0)
            for days in self.windows
        ]


def gather(
    as_of: datetime.date,
    windows: Sequence[Days],
    periods: Sequence[Period],
    *,
    by_kind: bool = True,
) -> tuple[Heap, ...]:
    """Of the ledger as it stood; one query, more only for hundreds of periods."""
    # Nothing was counted later: to have no end is the same, and costs no count.
    windows = [(first, _end(last, as_of)) for first, last in windows]
    parts = [_part(period, windows) for period in periods]
    parts = [part for part in parts if any(part.windows)]
    at_once = max(COUNTS_AT_ONCE // (2 * len(windows)), 1)
    rows = LedgerEntry.objects.at(end_of(as_of)).order_by()
    alike = ("unit_id", "crew_id", "kind_id") if by_kind else ("unit_id", "crew_id")
    return tuple(
        heap
        for start in range(0, len(parts), at_once)
        for heap in _heaps(rows, alike, parts[start : start + at_once])
    )


def _heaps(
    rows: QuerySet[LedgerEntry], alike: Sequence[str], parts: Sequence[Part]
) -> Iterator[Heap]:
    edges = sorted({edge for part in parts for edge in part.edges})
    before = {
        f"before_{number}": Count("unit", filter=Q(counted_from__lt=start_of(edge)))
        for number, edge in enumerate(edges)
    }
    # Looked up for each heap that has one: joined, or before the counts, for each row.
    one = OuterRef("crew_id")
    crew = Crew.objects.filter(IsNull(one, False), pk=one).values("key")  # noqa: FBT003
    counts = rows.values_list(*alike).annotate(**before, every=Count("*"))
    found = counts.annotate(crew_key=Subquery(crew))
    at = {edge: number for number, edge in enumerate(edges, start=1)}
    places = [(part.period.tree, part.places(at)) for part in parts]
    for row in found:
        (unit, _crew, *kind), (*counted, crew) = row[: len(alike)], row[len(alike) :]
        owners, until = (unit, *crews.ids_of(crew)), (0, *counted)
        for tree, windows in places:
            own = tuple([until[end] - until[begin] for begin, end in windows])
            if any(own):
                yield Heap(owners, tree.chains(owners), next(iter(kind), None), own)


def _part(period: Period, windows: Sequence[Days]) -> Part:
    return Part(period, tuple(_both((period.first, period.last), w) for w in windows))


def _both(one: Days, other: Days) -> Days | None:
    """The days that lie in both; None where there are none."""
    firsts = [days[0] for days in (one, other) if days[0]]
    lasts = [days[1] for days in (one, other) if days[1]]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return None if first and last and last < first else (first, last)


def _end(last: datetime.date | None, as_of: datetime.date) -> datetime.date | None:
    return last if last and last < as_of else None


def _after(day: datetime.date) -> datetime.date:
    return min(day, LAST) + datetime.timedelta(days=1)
