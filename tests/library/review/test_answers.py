"""Where a review stands is told in words, for many clips as for one."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.clips.models import ClipPage
from library.review import chain, withdrawal
from library.review.answers import Stand, name_of
from library.review.models import ReviewTaskState
from tests.cast import Cast
from tests.factories import playable_clip


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def test_a_waiting_clip_names_the_unit_that_decides(cast: Cast, clip: ClipPage) -> None:
    standing = chain.standing(clip)
    assert standing.stand == Stand.WAITING
    assert standing.waits_for == "Thành đoàn Đồng Xoài"
    assert standing.since == step(clip).started_at


def test_a_draft_was_never_submitted(cast: Cast) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    assert chain.standing(clip).stand == Stand.DRAFT
    assert chain.history(clip) == []


def test_the_last_answer_stays_visible_after_a_new_submission(
    cast: Cast, clip: ClipPage
) -> None:
    chain.ask_for_changes(step(clip), cast.minh, "quality", "Âm thanh nhỏ quá")
    chain.submit(clip, cast.lan)
    standing = chain.standing(clip)
    assert standing.stand == Stand.WAITING
    assert standing.answer is not None
    assert (standing.answer.kind, standing.answer.words) == (
        "changes",
        "Âm thanh nhỏ quá",
    )


def test_history_tells_the_whole_story_in_order(cast: Cast, clip: ClipPage) -> None:
    chain.ask_for_changes(step(clip), cast.minh, "quality", "Âm thanh nhỏ quá")
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.minh)
    withdrawal.withdraw(clip, cast.minh, "Phụ huynh yêu cầu")
    story = chain.history(clip)
    assert [answer.kind for answer in story] == [
        "submitted",
        "changes",
        "submitted",
        "approved",
        "withdrawn",
    ]
    assert story[1].by == "Minh"
    assert story[1].reason
    assert story[-1].words == "Phụ huynh yêu cầu"


def test_many_clips_cost_what_one_costs(cast: Cast, clip: ClipPage) -> None:
    with CaptureQueriesContext(connection) as one:
        chain.standings([clip])
    clips = [clip]
    for number in range(4):
        clips.append(playable_clip(cast.school_a, cast.lan, f"Bài {number}"))
        chain.submit(clips[-1], cast.lan)
    with CaptureQueriesContext(connection) as many:
        standings = chain.standings(clips)
    assert len(standings) == 5
    assert len(many) == len(one) <= 5


def test_people_are_named_as_they_call_themselves(cast: Cast) -> None:
    assert name_of(cast.minh) == "Minh"
    cast.minh.first_name = ""
    assert name_of(cast.minh) == "minh"
    assert name_of(None) == ""
