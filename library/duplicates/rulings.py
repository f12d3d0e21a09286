"""Which clips are duplicates, and since when: what the ledger does not count.

The rows tell it, so that a recount years later comes to the same.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from library.clips.models import ClipPage
from library.duplicates.models import Ruling, Verdict


@dataclass(frozen=True)
class Span:
    """A clip was a duplicate from one moment to another (None: still is)."""

    begun: datetime.datetime
    ended: datetime.datetime | None


def write(
    clip: ClipPage,
    other: ClipPage,
    verdict: Verdict,
    at: datetime.datetime,
    by_id: int | None = None,
    words: str = "",
) -> Ruling:
    return Ruling.objects.create(
        clip=clip,
        clip_number=clip.pk,
        other=other,
        other_number=other.pk,
        verdict=verdict,
        words=words,
        by_id=by_id,
        at=at,
    )


def about(*numbers: int) -> QuerySet[Ruling]:
    """With two numbers, about these two; the oldest first."""
    found = Ruling.objects.order_by("at", "pk")
    for number in numbers:
        found = found.filter(Q(clip_number=number) | Q(other_number=number))
    return found


def spans_of(number: int) -> list[Span]:
    return spans(about(number))[number]


def is_duplicate(number: int) -> bool:
    """At this moment, of any other clip."""
    found = spans_of(number)
    return bool(found) and found[-1].ended is None


def spans(rulings: Iterable[Ruling] | None = None) -> dict[int, list[Span]]:
    """By the clip's number, when it was a duplicate of any other; the oldest first."""
    rows = Ruling.objects.order_by("at", "pk") if rulings is None else rulings
    found: dict[int, list[Span]] = defaultdict(list)
    copies: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        for number in row.pair:
            _settle(row, number, copies[number], found[number])
    return found


def without(
    copies: Iterable[Span],
    spans: Iterable[tuple[datetime.datetime, datetime.datetime | None]],
) -> list[tuple[datetime.datetime, datetime.datetime | None]]:
    """The spans of time, but for those in which it was a duplicate."""
    left = list(spans)
    for copy in copies:
        left = [
            part
            for begun, ended in left
            for part in (
                (begun, _sooner(copy.begun, ended)),
                (max(begun, copy.ended), ended) if copy.ended else (begun, begun),
            )
            if part[1] is None or part[0] < part[1]
        ]
    return left


def _sooner(
    one: datetime.datetime, other: datetime.datetime | None
) -> datetime.datetime:
    return one if other is None else min(one, other)


def _settle(row: Ruling, number: int, originals: set[int], found: list[Span]) -> None:
    """`originals`: what it is a duplicate of, before and after the ruling."""
    was_one = bool(originals)
    originals -= row.pair
    if row.verdict == Verdict.DUPLICATE and row.clip_number == number:
        originals.add(row.other_number)
    if originals and not was_one:
        found.append(Span(row.at, None))
    elif was_one and not originals:
        found[-1] = Span(found[-1].begun, row.at)
