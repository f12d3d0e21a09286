"""What waits too long is the level above's too, level by level, and told once a level."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.review import chain, escalation
from library.review.models import ReviewTaskState
from library.review.queue import waiting
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member, person
from tests.factories import playable_clip


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def waited(days: float) -> None:
    """As if everything had happened so much earlier."""
    for state in ReviewTaskState.objects.all():
        state.started_at -= datetime.timedelta(days=days)
        if state.lifted_at:
            state.lifted_at -= datetime.timedelta(days=days)
        state.save()


def told() -> list[int]:
    rows = Job.objects.filter(key__startswith="mail/overdue/").order_by("pk")
    return [job.spec["user"] for job in rows]


@pytest.fixture
def loan(cast: Cast) -> User:
    loan = person("loan")
    member(loan, cast.province, Role.CURATOR)
    return loan


def test_overdue_it_is_the_level_aboves_too(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    waited(6.9)
    assert escalation.lift_overdue() == 0
    assert not waiting(cast.minh)[0].days_overdue
    waited(0.2)
    assert escalation.lift_overdue() == 1
    assert told() == [loan.pk]
    for who in (cast.minh, loan):
        (row,) = waiting(who)
        assert (row.is_lifted, row.days, row.days_overdue) == (True, 7, 1)
    assert escalation.lift_overdue() == 0  # done once however often it is run
    chain.approve(step(clip), loan)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_where_no_level_is_above_nothing_is_lost(cast: Cast, clip: ClipPage) -> None:
    waited(30)
    assert escalation.lift_overdue() == 0
    assert told() == []
    assert waiting(cast.minh)[0].days_overdue == 24
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_it_goes_on_up_level_by_level(cast: Cast, loan: User, workflow: object) -> None:
    clip = playable_clip(cast.school_b, cast.hoa)
    chain.submit(clip, cast.hoa)
    waited(8)
    escalation.lift_overdue()
    assert step(clip).task.specific.approver_ids(clip) == {cast.tu.pk, cast.minh.pk}
    waited(8)
    escalation.lift_overdue()
    assert loan.pk in step(clip).task.specific.approver_ids(clip)
    waited(8)
    assert escalation.lift_overdue() == 0
    assert told() == [cast.minh.pk, loan.pk]


def test_a_new_round_begins_with_the_nearest(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    waited(8)
    escalation.lift_overdue()
    chain.ask_for_changes(step(clip), cast.minh, "other", "Sửa giúp")
    chain.submit(clip, cast.lan)
    assert step(clip).task.specific.approver_ids(clip) == {cast.minh.pk}


def test_zero_days_is_never(
    cast: Cast, clip: ClipPage, loan: User, settings: Any
) -> None:
    settings.REVIEW_DEADLINE_DAYS = 0
    waited(99)
    assert escalation.lift_overdue() == 0
    assert escalation.days_overdue(step(clip)) == 0


def test_an_answered_step_is_left_alone(cast: Cast, clip: ClipPage, loan: User) -> None:
    chain.reject(step(clip), cast.minh, "other", "Không dùng được")
    waited(9)
    assert escalation.lift_overdue() == 0
    assert told() == []
