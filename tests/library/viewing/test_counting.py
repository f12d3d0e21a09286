"""Views add up by day, clip and unit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from library.clips.models import ClipPage
from library.viewing import counting
from library.viewing.models import DailyViews
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = pytest.mark.django_db


def published(cast: Cast, title: str) -> ClipPage:
    return factories.live(cast.school_a, cast.lan, title=title)


def test_a_view_is_one_more_of_its_day(cast: Cast) -> None:
    clip = published(cast, "Bài 1")
    counting.count(clip.pk)
    counting.count(clip.pk)
    (row,) = DailyViews.objects.all()
    assert (row.clip_id, row.day, row.times) == (clip.pk, timezone.localdate(), 2)


def test_days_add_up_by_clip(cast: Cast) -> None:
    clip, other, unseen = (published(cast, f"Bài {n}") for n in range(3))
    yesterday = timezone.localdate() - timedelta(days=1)
    DailyViews.objects.create(clip=clip, day=yesterday, times=4)
    counting.count(clip.pk)
    counting.count(other.pk)
    totals = counting.totals([clip.pk, other.pk, unseen.pk])
    assert totals == {clip.pk: 5, other.pk: 1}


def test_a_unit_has_the_views_of_the_live_clips_below_it(cast: Cast) -> None:
    clip, withdrawn = published(cast, "Bài 1"), published(cast, "Bài 2")
    for one in (clip, clip, withdrawn):
        counting.count(one.pk)
    ClipPage.objects.filter(pk=withdrawn.pk).update(live=False)
    assert counting.total_below(cast.school_a.path) == 2
    assert counting.total_below(cast.district.path) == 2
    assert counting.total_below(cast.school_b.path) == 0


def test_clips_of_lately_are_told_once_each(cast: Cast) -> None:
    clip, old = published(cast, "Bài 1"), published(cast, "Bài 2")
    today = timezone.localdate()
    for days in (0, 1):
        DailyViews.objects.create(clip=clip, day=today - timedelta(days=days), times=1)
    DailyViews.objects.create(clip=old, day=today - timedelta(days=9), times=1)
    assert counting.watched_since(today - timedelta(days=1)) == [clip.pk]
