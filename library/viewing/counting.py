"""Adding a view, and adding views up."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from library.viewing.models import DailyViews


@transaction.atomic
def count(clip_id: int) -> None:
    """Once more today. Any number may count at once."""
    today = DailyViews.objects.filter(clip=clip_id, day=timezone.localdate())
    if not today.update(times=F("times") + 1):
        DailyViews.objects.get_or_create(clip_id=clip_id, day=timezone.localdate())
        today.update(times=F("times") + 1)


def totals(clip_ids: Iterable[int]) -> dict[int, int]:
    """Views by clip; a clip that nobody watched is not in it."""
    counted = DailyViews.objects.filter(clip__in=list(clip_ids))
    return dict(counted.values_list("clip").annotate(Sum("times")))


def total_below(path: str) -> int:
    """Views of the live clips below a place in the page tree."""
    below = DailyViews.objects.filter(clip__path__startswith=path, clip__live=True)
    return below.aggregate(total=Sum("times"))["total"] or 0


def watched_since(day: datetime.date) -> list[int]:
    """The live clips that somebody watched on that day or later."""
    rows = DailyViews.objects.filter(day__gte=day, clip__live=True)
    return list(rows.values_list("clip", flat=True).distinct().order_by("clip"))
