"""The queue tells what waits, how long, from which unit, and that it came back."""

from __future__ import annotations

import datetime

from django.utils import timezone

from library.clips.models import ClipPage
from library.review import chain
from library.review.models import ReviewTaskState
from library.review.queue import waiting, waiting_ids
from tests.cast import Cast
from tests.factories import only_watchable, playable_clip, whole


def test_a_row_says_where_it_comes_from(cast: Cast, clip: ClipPage) -> None:
    (row,) = waiting(cast.minh)
    assert (row.clip_id, row.title) == (clip.pk, clip.title)
    assert row.unit == "Đoàn trường THPT Đồng Xoài"
    assert row.above == "Thành đoàn Đồng Xoài"
    assert (row.by, row.days, row.is_return) == ("Lan", 0, False)


def test_the_longest_wait_comes_first(cast: Cast, clip: ClipPage) -> None:
    newer = playable_clip(cast.school_a, cast.lan, "Bài hai")
    chain.submit(newer, cast.lan)
    state = chain.waiting_step(newer)
    assert state is not None
    ReviewTaskState.objects.filter(pk=state.pk).update(
        started_at=timezone.now() - datetime.timedelta(days=8)
    )
    rows = waiting(cast.minh)
    assert [row.clip_id for row in rows] == [newer.pk, clip.pk]
    assert rows[0].days == 8


def test_an_improved_clip_is_marked(cast: Cast, clip: ClipPage) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    assert waiting(cast.minh) == []
    chain.submit(clip, cast.lan)
    assert waiting(cast.minh)[0].is_return


def test_nobody_finds_an_own_clip_in_the_queue(cast: Cast, workflow: object) -> None:
    chain.submit(playable_clip(cast.school_b, cast.tu), cast.tu)
    chain.submit(playable_clip(cast.school_a, cast.an), cast.an)
    assert waiting_ids(cast.tu) == set()
    assert len(waiting_ids(cast.minh)) == 2
    assert len(waiting_ids(cast.an)) == 1


def test_a_clip_that_is_still_encoded_is_marked(cast: Cast, clip: ClipPage) -> None:
    asset = only_watchable(clip)
    assert not waiting(cast.minh)[0].is_whole
    whole(asset)
    assert waiting(cast.minh)[0].is_whole
