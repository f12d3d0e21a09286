"""Steps change while clips are on their way: they keep moving, and nothing goes astray."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.review import chain, claims, settling, setup
from library.review.models import ReviewChain, ReviewTaskState
from library.units.models import Role, UnitKind, UnitPage
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member, person
from tests.factories import playable_clip


def kinds(*codes: str) -> list[UnitKind]:
    return [UnitKind.objects.get(code=code) for code in codes]


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def asked(clip: ClipPage) -> frozenset[int]:
    people: frozenset[int] = step(clip).task.specific.approver_ids(clip)
    return people


@pytest.fixture
def loan(cast: Cast) -> User:
    loan = person("loan")
    member(loan, cast.province, Role.CURATOR)
    return loan


def test_admins_of_a_top_unit_set_them_and_nobody_else(cast: Cast) -> None:
    member(cast.minh, cast.district, Role.ADMIN)
    member(cast.tu, cast.school_b, Role.ADMIN)
    for who in (cast.minh, cast.tu, cast.lan, cast.nam):
        assert not settling.may_set(who)
        assert list(settling.units(who)) == []
    member(cast.nam, cast.province, Role.ADMIN)
    assert settling.may_set(cast.nam)
    assert settling.units(cast.nam).count() == UnitPage.objects.count()
    assert settling.may_set(cast.an)


def test_what_waits_is_handed_to_the_new_step(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    claims.take(step(clip), cast.minh)
    assert settling.set_steps(cast.province, kinds("province"), cast.an) == 1
    assert asked(clip) == {loan.pk}
    assert step(clip).claimed_by is None
    assert step(clip).lifted_at is not None  # its own deadline begins now
    told = Job.objects.filter(key__startswith="mail/waits/")
    assert [job.spec["user"] for job in told.order_by("pk")] == [
        cast.minh.pk,
        loan.pk,
    ]
    chain.approve(step(clip), loan)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_a_step_that_stays_in_the_rows_stays_where_it_is(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    settling.set_steps(cast.province, kinds("district"), cast.an)
    claims.take(step(clip), cast.minh)
    assert (
        settling.set_steps(cast.province, kinds("district", "province"), cast.an) == 0
    )
    assert claims.holder_of(step(clip)) == cast.minh
    chain.approve(step(clip), cast.minh)
    assert asked(clip) == {loan.pk}


def test_without_rows_the_nearest_decides_again(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    settling.set_steps(cast.province, kinds("province"), cast.an)
    settling.remove(cast.province, cast.an)
    assert not ReviewChain.objects.exists()
    assert asked(clip) == {cast.minh.pk}


def test_rows_that_nobody_could_meet_move_nothing(cast: Cast, clip: ClipPage) -> None:
    assert settling.set_steps(cast.province, kinds("province"), cast.an) == 0
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_what_was_approved_stays_approved(cast: Cast, loan: User) -> None:
    setup.ensure_workflow()
    settling.set_steps(cast.province, kinds("school", "district"), cast.an)
    clip = playable_clip(cast.school_b, cast.hoa)
    chain.submit(clip, cast.hoa)
    chain.approve(step(clip), cast.tu)
    settling.set_steps(cast.province, kinds("school"), cast.an)  # all has been met
    assert asked(clip) == {cast.minh.pk}  # answered where it waits
    settling.set_steps(cast.province, kinds("school", "province"), cast.an)
    assert asked(clip) == {loan.pk}


def test_a_kind_that_is_deleted_stops_nothing(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    extra = UnitKind.objects.create(code="cluster", name="cụm", rank=2)
    UnitPage.objects.filter(pk=cast.district.pk).update(kind=extra)
    settling.set_steps(cast.province, [extra], cast.an)
    assert asked(clip) == {cast.minh.pk}
    UnitPage.objects.filter(pk=cast.district.pk).update(kind=kinds("district")[0])
    extra.delete()
    chain.approve(step(clip), cast.minh)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_other_units_clips_are_left_alone(
    cast: Cast, clip: ClipPage, loan: User
) -> None:
    settling.set_steps(cast.other_district, kinds("province"), cast.an)
    assert asked(clip) == {cast.minh.pk}
    assert settling.waiting_below(cast.other_district).count() == 0
    assert settling.waiting_below(cast.district).count() == 1


def test_it_is_on_record_with_before_and_after(cast: Cast) -> None:
    settling.set_steps(cast.province, kinds("district"), cast.an)
    settling.set_steps(cast.province, kinds("province"), cast.an)
    settling.remove(cast.province, cast.an)
    rows = PageLogEntry.objects.filter(action="review.steps").order_by("pk")
    assert [
        tuple(row.data[side]["steps"] for side in ("before", "after")) for row in rows
    ] == [
        ([], ["district"]),
        (["district"], ["province"]),
        (["province"], None),
    ]
    assert {row.user for row in rows} == {cast.an}
