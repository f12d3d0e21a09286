"""A clip goes up the tree: submitted, answered, and published by the last yes."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import TaskState, Workflow, WorkflowState, WorkflowTask

from library.clips import drafts
from library.clips.models import ClipPage, Consent
from library.review import chain
from library.review.errors import IncompleteAnswerError, RefusedError
from library.review.models import ReviewTask, ReviewTaskState
from library.units import members
from library.units.models import Membership, Role
from tests.cast import Cast, member, person
from tests.factories import playable_clip


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def second_step(workflow: Workflow) -> ReviewTask:
    task = ReviewTask.objects.create(name="Bước 2", level=2)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=2)
    return task


def test_the_curator_of_the_district_publishes_by_approving(
    cast: Cast, clip: ClipPage
) -> None:
    chain.approve(step(clip), cast.minh, "Rất hay")

    clip.refresh_from_db()
    assert clip.live
    assert clip.first_published_at is not None
    assert chain.standing(clip).stand == chain.Stand.PUBLISHED
    assert [answer.kind for answer in chain.history(clip)] == ["submitted", "approved"]


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "bao", "nam"])
def test_nobody_else_answers(cast: Cast, clip: ClipPage, who: str) -> None:
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), getattr(cast, who))
    with pytest.raises(PermissionDenied):
        chain.reject(step(clip), getattr(cast, who), "other", "Không được")

    clip.refresh_from_db()
    assert not clip.live
    assert step(clip).status == TaskState.STATUS_IN_PROGRESS


def test_changes_come_back_to_the_step_that_asked(
    cast: Cast, workflow: Workflow
) -> None:
    second_step(workflow)
    member(cast.an, cast.province, Role.CURATOR)
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.minh)
    chain.ask_for_changes(step(clip), cast.an, "quality", "Âm thanh nhỏ quá")

    standing = chain.standing(clip)
    assert standing.stand == chain.Stand.CHANGES
    assert standing.answer is not None
    assert standing.answer.words == "Âm thanh nhỏ quá"
    assert standing.answer.by == "An"

    chain.submit(clip, cast.lan)
    assert step(clip).task.specific.level == 2


def test_changed_details_are_approved_again_from_the_first_step(
    cast: Cast, workflow: Workflow
) -> None:
    second_step(workflow)
    member(cast.an, cast.province, Role.CURATOR)
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.minh)
    chain.ask_for_changes(step(clip), cast.an, "details", "Thiếu tên người dạy")
    drafts.save_details(ClipPage.objects.get(pk=clip.pk), cast.lan, {"title": "Mới"})
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.an)
    chain.approve(step(clip), cast.minh)

    clip.refresh_from_db()
    assert clip.live
    assert clip.title == "Mới"


def test_a_rejection_is_for_good(cast: Cast, clip: ClipPage) -> None:
    chain.reject(step(clip), cast.minh, "rights", "Phim của người khác")

    clip.refresh_from_db()
    assert not clip.live
    assert clip.current_workflow_state is None
    assert chain.standing(clip).stand == chain.Stand.REJECTED
    with pytest.raises(RefusedError):
        chain.submit(clip, cast.lan)


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Có lời"), ("quality", ""), ("quality", "   "), ("no-such", "Có lời")],
)
def test_a_no_without_reason_or_words_is_refused(
    cast: Cast, clip: ClipPage, reason: str, words: str
) -> None:
    for answer in (chain.ask_for_changes, chain.reject):
        with pytest.raises(IncompleteAnswerError):
            answer(step(clip), cast.minh, reason, words)
    assert step(clip).status == TaskState.STATUS_IN_PROGRESS


def test_a_clip_is_submitted_once(cast: Cast, clip: ClipPage) -> None:
    with pytest.raises(RefusedError):
        chain.submit(clip, cast.lan)


def test_an_answer_is_given_once(cast: Cast, clip: ClipPage) -> None:
    stale = step(clip)
    chain.ask_for_changes(step(clip), cast.minh, "other", "Sửa giúp")
    with pytest.raises(RefusedError):
        chain.approve(stale, cast.minh)


def test_a_clip_that_is_not_ready_is_not_approved(cast: Cast, clip: ClipPage) -> None:
    assert clip.asset is not None
    clip.asset.package = None
    clip.asset.save(update_fields=["package"])

    with pytest.raises(RefusedError):
        chain.approve(step(clip), cast.minh)
    names = [name for name, *_ in ReviewTask.objects.get().get_actions(clip, cast.minh)]
    assert names == ["changes", "reject"]


def test_consent_that_is_missing_stops_the_yes(cast: Cast, workflow: Workflow) -> None:
    clip = playable_clip(cast.school_a, cast.lan, consent=Consent.MISSING)
    chain.submit(clip, cast.lan)
    with pytest.raises(RefusedError):
        chain.approve(step(clip), cast.minh)


def test_the_nearest_unit_with_a_curator_decides(
    cast: Cast, workflow: Workflow
) -> None:
    clip = playable_clip(cast.school_b, cast.hoa)
    chain.submit(clip, cast.hoa)
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.minh)
    chain.approve(step(clip), cast.tu)
    clip.refresh_from_db()
    assert clip.live


def test_a_curators_own_clip_goes_to_the_unit_above(
    cast: Cast, workflow: Workflow
) -> None:
    clip = playable_clip(cast.school_b, cast.tu)
    chain.submit(clip, cast.tu)
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.tu)
    chain.approve(step(clip), cast.minh)
    clip.refresh_from_db()
    assert clip.live


def test_whoever_submits_for_another_does_not_approve_either(
    cast: Cast, workflow: Workflow
) -> None:
    clip = playable_clip(cast.school_b, cast.hoa)
    chain.submit(clip, cast.tu)
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.tu)


def test_a_superuser_does_not_approve_an_own_clip(
    cast: Cast, workflow: Workflow
) -> None:
    clip = playable_clip(cast.school_a, cast.an)
    chain.submit(clip, cast.an)
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.an)


def test_steps_above_the_top_are_skipped(cast: Cast, workflow: Workflow) -> None:
    second_step(workflow)
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.minh)
    clip.refresh_from_db()
    assert clip.live
    kinds = [answer.kind for answer in chain.history(clip)]
    assert kinds[-1] == "skipped"


def test_where_nobody_is_above_only_a_superuser_answers(
    cast: Cast, workflow: Workflow
) -> None:
    clip = playable_clip(cast.school_c, cast.bao)
    chain.submit(clip, cast.bao)
    assert "cấp trên" in chain.standing(clip).waits_for
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.minh)
    chain.approve(step(clip), cast.an)
    clip.refresh_from_db()
    assert clip.live


def test_an_ended_membership_decides_nothing(cast: Cast, clip: ClipPage) -> None:
    members.revoke(Membership.objects.get(user=cast.minh), datetime.date(2022, 1, 1))
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.minh)


def test_a_clip_moved_in_review_waits_for_the_new_units_curator(
    cast: Cast, clip: ClipPage
) -> None:
    thu = person("thu")
    member(thu, cast.other_district, Role.CURATOR)
    fresh = ClipPage.objects.get(pk=clip.pk)
    fresh.move(type(cast.school_c).objects.get(pk=cast.school_c.pk), pos="last-child")
    with pytest.raises(PermissionDenied):
        chain.approve(step(clip), cast.minh)
    chain.approve(step(clip), thu)
    clip.refresh_from_db()
    assert clip.live


def test_a_cancelled_review_begins_anew(cast: Cast, clip: ClipPage) -> None:
    clip.current_workflow_state.cancel(user=cast.lan)
    assert chain.standing(clip).stand == chain.Stand.DRAFT
    chain.submit(clip, cast.lan)
    assert WorkflowState.objects.count() == 2
    chain.approve(step(clip), cast.minh)
    clip.refresh_from_db()
    assert clip.live


def test_only_a_superuser_says_yes_for_every_step(cast: Cast, clip: ClipPage) -> None:
    with pytest.raises(RefusedError):
        chain.approve_at_every_step(clip, cast.minh)
    chain.approve_at_every_step(clip, cast.an)
    clip.refresh_from_db()
    assert clip.live


def test_without_our_workflow_nothing_is_submitted(cast: Cast) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    with pytest.raises(RefusedError):
        chain.submit(clip, cast.lan)
