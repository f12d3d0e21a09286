"""Rows say through which steps a review passes: the nearest ones, in their order."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from wagtail.models import TaskState, Workflow

from library.clips import drafts
from library.clips.models import ClipPage
from library.review import chain, settling, steps
from library.review.models import ReviewTask, ReviewTaskState
from library.units import members
from library.units.models import Membership, Role, UnitKind, UnitPage
from tests.cast import Cast, member, person
from tests.factories import playable_clip


def kind(code: str) -> UnitKind:
    return UnitKind.objects.get(code=code)


def set_at(unit: UnitPage, cast: Cast, *codes: str) -> int:
    return settling.set_steps(unit, [kind(code) for code in codes], cast.an)


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def submitted(cast: Cast, unit: UnitPage, owner: User) -> ClipPage:
    clip = playable_clip(unit, owner)
    chain.submit(clip, owner)
    return clip


@pytest.fixture
def loan(cast: Cast, workflow: Workflow) -> User:
    """Curates the province; Minh the district, Tú school B."""
    loan = person("loan")
    member(loan, cast.province, Role.CURATOR)
    return loan


def test_the_nearest_setting_wins(cast: Cast) -> None:
    path = cast.school_a.path + "0001"
    assert steps.kinds_for(path) == ()
    set_at(cast.province, cast, "district", "province")
    district, province = kind("district").pk, kind("province").pk
    assert steps.kinds_for(path) == (district, province)
    set_at(cast.school_a, cast, "province")
    assert steps.kinds_for(path) == (province,)
    assert steps.kinds_for(cast.school_b.path + "0001") == (district, province)
    set_at(cast.school_a, cast)  # nobody's but the nearest curator's
    assert steps.kinds_for(path) == ()
    settling.remove(cast.school_a, cast.an)
    assert steps.kinds_for(path) == (district, province)


def test_school_district_province_one_after_the_other(cast: Cast, loan: User) -> None:
    set_at(cast.province, cast, "school", "district", "province")
    clip = submitted(cast, cast.school_b, cast.hoa)
    for who in (cast.tu, cast.minh, loan):
        assert not ClipPage.objects.get(pk=clip.pk).live
        state = step(clip)
        assert state.task.specific.approver_ids(clip) == {who.pk}
        chain.approve(state, who)
    assert ClipPage.objects.get(pk=clip.pk).live
    assert [answer.kind for answer in chain.history(clip)] == [
        "submitted",
        "approved",
        "approved",
        "approved",
    ]


def test_a_step_without_anybody_is_passed_over_and_on_record(
    cast: Cast, loan: User
) -> None:
    set_at(cast.province, cast, "school", "district", "province")
    clip = submitted(cast, cast.school_a, cast.lan)  # school A has no curator
    assert step(clip).task.specific.approver_ids(clip) == {cast.minh.pk}
    members.revoke(Membership.objects.get(user=loan))
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live
    story = chain.history(clip)
    assert [answer.kind for answer in story].count("skipped") == 2
    assert {answer.words for answer in story if answer.kind == "skipped"} == {
        "Không có người duyệt ở cấp: school",
        "Không có người duyệt ở cấp: province",
    }


def test_an_own_clip_passes_over_the_own_step(cast: Cast, loan: User) -> None:
    set_at(cast.province, cast, "school", "district")
    clip = submitted(cast, cast.school_b, cast.tu)
    assert step(clip).task.specific.approver_ids(clip) == {cast.minh.pk}


def test_where_no_step_has_anybody_the_nearest_decides(
    cast: Cast, workflow: Workflow
) -> None:
    set_at(cast.province, cast, "province")
    clip = submitted(cast, cast.school_a, cast.lan)
    assert not ClipPage.objects.get(pk=clip.pk).live
    assert step(clip).task.specific.approver_ids(clip) == {cast.minh.pk}
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_changes_come_back_to_the_step_that_asked(cast: Cast, loan: User) -> None:
    set_at(cast.province, cast, "school", "district", "province")
    clip = submitted(cast, cast.school_b, cast.hoa)
    chain.approve(step(clip), cast.tu)
    chain.ask_for_changes(step(clip), cast.minh, "details", "Thiếu lớp")
    chain.submit(clip, cast.hoa)
    assert step(clip).kind == kind("district")
    chain.approve(step(clip), cast.minh)
    assert step(clip).kind == kind("province")  # the school's yes still counts


def test_changed_details_pass_every_step_again(cast: Cast, loan: User) -> None:
    set_at(cast.province, cast, "school", "district")
    clip = submitted(cast, cast.school_b, cast.hoa)
    chain.approve(step(clip), cast.tu)
    chain.ask_for_changes(step(clip), cast.minh, "details", "Thiếu lớp")
    drafts.save_details(ClipPage.objects.get(pk=clip.pk), cast.hoa, {"title": "Mới"})
    chain.submit(clip, cast.hoa)
    chain.approve(step(clip), cast.minh)
    assert step(clip).kind == kind("school")
    chain.approve(step(clip), cast.tu)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_tasks_of_higher_levels_give_way_to_rows(
    cast: Cast, loan: User, workflow: Workflow
) -> None:
    task = ReviewTask.objects.create(name="Bước 2", level=2)
    workflow.workflow_tasks.create(task=task, sort_order=2)
    set_at(cast.province, cast, "district")
    clip = submitted(cast, cast.school_a, cast.lan)
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_a_superusers_import_passes_all_steps(cast: Cast, loan: User) -> None:
    set_at(cast.province, cast, "school", "district", "province")
    clip = submitted(cast, cast.school_b, cast.hoa)
    chain.approve_at_every_step(clip, cast.an)
    assert ClipPage.objects.get(pk=clip.pk).live
    said = ReviewTaskState.objects.filter(status=TaskState.STATUS_APPROVED)
    assert said.count() == 3
