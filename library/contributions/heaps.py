"""What the ledger holds, summed up in one query: heaps of rows that go up the same way.

The database reads a covering index in its own order, once. Each pair of a tree's period
and a window of days is a count of its own: to group by periods as well would mean to
sort all rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from django.db.models import Count, F, IntegerField, Max, Q, QuerySet, Value

from library.contributions import crews
from library.contributions.models import LedgerEntry
from library.contributions.periods import end_of, start_of
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


def gather(
    as_of: datetime.date,
    windows: Sequence[Days],
    periods: Sequence[Period],
    *,
    by_kind: bool = True,
) -> tuple[Heap, ...]:
    """Of the ledger as it stood; one query, more only for hundreds of periods."""
    parts = [_part(period, windows) for period in periods]
    parts = [part for part in parts if any(part.windows)]
    at_once = max(COUNTS_AT_ONCE // len(windows), 1)
    kind = F("kind_id") if by_kind else Value(None, output_field=IntegerField())
    rows = LedgerEntry.objects.at(end_of(as_of))
    return tuple(
        heap
        for start in range(0, len(parts), at_once)
        for heap in _heaps(rows, kind, parts[start : start + at_once])
    )


def _heaps(
    rows: QuerySet[LedgerEntry], of_kind: F | Value, parts: Sequence[Part]
) -> Iterator[Heap]:
    counts = {
        f"count_{number}_{at}": _count(days)
        for number, part in enumerate(parts)
        for at, days in enumerate(part.windows)
        if days
    }
    found = (
        rows.annotate(of_kind=of_kind)
        .order_by()
        .values_list("unit_id", "crew_id", "of_kind")
        .annotate(crew_key=Max("crew__key"), **counts)
    )
    for unit, _crew, kind, crew, *counted in found:
        owners = (unit, *crews.ids_of(crew))
        numbers = iter(counted)
        for part in parts:
            own = tuple([next(numbers) if days else 0 for days in part.windows])
            if any(own):
                yield Heap(owners, part.period.tree.chains(owners), kind, own)


def _part(period: Period, windows: Sequence[Days]) -> Part:
    return Part(period, tuple(_both((period.first, period.last), w) for w in windows))


def _both(one: Days, other: Days) -> Days | None:
    """The days that lie in both; None where there are none."""
    firsts = [days[0] for days in (one, other) if days[0]]
    lasts = [days[1] for days in (one, other) if days[1]]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return None if first and last and last < first else (first, last)


def _count(days: Days) -> Count:
    first, last = days
    between = Q()
    if first:
        between &= Q(counted_from__gte=start_of(first))
    if last:
        between &= Q(counted_from__lte=end_of(last))
    return Count("pk", filter=between) if between else Count("*")
