"""What people are told lies in their inbox; mail follows as each of them chose."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.review import chain, claims, inbox, notices, settling, small_changes
from library.review.inbox import MailChoice, Notice, When
from library.review.models import ReviewTaskState
from library.units.models import Role, UnitKind
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member, person
from tests.factories import playable_clip

TODAY = datetime.datetime(2026, 11, 28, 6, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
A_DAY = datetime.timedelta(days=1)


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def choose(user: User, when: When) -> None:
    MailChoice.objects.update_or_create(user=user, defaults={"when": when})


def kinds(user: User) -> list[str]:
    return list(inbox.of(user).order_by("pk").values_list("kind", flat=True))


def mails(user: User) -> list[str]:
    jobs = Job.objects.filter(kind="mail").order_by("pk")
    return [job.key.split("/")[1] for job in jobs if job.spec["user"] == user.pk]


def test_only_the_right_people_are_told(cast: Cast, clip: ClipPage) -> None:
    assert kinds(cast.minh) == ["waits"]
    chain.approve(step(clip), cast.minh, "Hay")
    assert kinds(cast.lan) == ["approved"]
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {cast.minh.pk, cast.lan.pk}  # no superuser, nobody of B


def test_answered_nobody_is_asked_any_more(cast: Cast, clip: ClipPage) -> None:
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    chain.submit(playable_clip(cast.school_a, cast.lan, "Bài hai"), cast.lan)
    assert inbox.unread(cast.minh) == 2
    chain.ask_for_changes(step(clip), cast.minh, "other", "Sửa giúp")
    assert inbox.unread(cast.minh) == 1
    assert inbox.unread(thu) == 1
    assert inbox.unread(cast.lan) == 1


@pytest.mark.parametrize(
    ("when", "mailed"), [(When.AT_ONCE, ["waits"]), (When.DAILY, []), (When.NEVER, [])]
)
def test_mail_comes_as_it_was_chosen(
    cast: Cast, workflow: object, when: When, mailed: list[str]
) -> None:
    choose(cast.minh, when)
    chain.submit(playable_clip(cast.school_a, cast.lan), cast.lan)
    assert kinds(cast.minh) == ["waits"]
    assert mails(cast.minh) == mailed


@pytest.mark.parametrize("when", [When.DAILY, When.NEVER])
def test_a_clip_that_was_sent_back_is_told_at_once(
    cast: Cast, clip: ClipPage, when: When
) -> None:
    choose(cast.lan, when)
    chain.ask_for_changes(step(clip), cast.minh, "other", "Sửa giúp")
    chain.submit(clip, cast.lan)
    chain.reject(step(clip), cast.minh, "other", "Không dùng được")
    assert mails(cast.lan) == ["changes", "rejected"]
    assert inbox.send_digests(TODAY) == 0


def test_a_digest_gathers_a_day(cast: Cast, clip: ClipPage) -> None:
    choose(cast.minh, When.DAILY)
    for number in range(3):
        chain.submit(playable_clip(cast.school_a, cast.lan, f"Bài {number}"), cast.lan)
    assert inbox.send_digests(TODAY - datetime.timedelta(hours=1)) == 0  # too early
    assert inbox.send_digests(TODAY) == 1
    assert inbox.send_digests(TODAY) == 0  # however often it is run
    (job,) = Job.objects.filter(key=f"mail/digest/{cast.minh.pk}/{TODAY.date()}")
    assert [f"Bài {number}" in job.spec["body"] for number in range(3)] == [True] * 3
    assert clip.title not in job.spec["body"]  # mailed at once, before the choice
    assert "/admin/review/inbox/" in job.spec["body"]
    chain.submit(playable_clip(cast.school_a, cast.lan, "Bài cuối"), cast.lan)
    assert inbox.send_digests(TODAY) == 0
    assert inbox.send_digests(TODAY + A_DAY) == 1


def test_what_was_read_or_answered_is_not_mailed_again(
    cast: Cast, workflow: object
) -> None:
    choose(cast.minh, When.DAILY)
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    chain.approve(step(clip), cast.minh)
    assert inbox.send_digests(TODAY) == 0
    assert "digest" not in mails(cast.minh)
    assert not Notice.objects.filter(for_digest=True).exists()


def test_taken_back_or_handed_on_nobody_is_asked_any_more(
    cast: Cast, clip: ClipPage
) -> None:
    loan = person("loan")
    member(loan, cast.province, Role.CURATOR)
    province = UnitKind.objects.get(code="province")
    settling.set_steps(cast.province, [province], cast.an)
    assert (inbox.unread(cast.minh), inbox.unread(loan)) == (0, 1)
    clip.current_workflow_state.cancel(user=cast.lan)
    assert inbox.unread(loan) == 0


def test_an_occasion_is_told_once(cast: Cast, clip: ClipPage) -> None:
    people = User.objects.filter(pk=cast.minh.pk)
    notices.waits(step(clip), people)
    assert kinds(cast.minh) == ["waits"]
    assert mails(cast.minh) == ["waits"]


def test_claims_and_small_changes_are_told_to_whom_they_concern(
    cast: Cast, clip: ClipPage
) -> None:
    claims.take(step(clip), cast.minh)
    notices.taken_over(step(clip), cast.minh, cast.an)
    assert kinds(cast.minh) == ["waits", "taken_over"]
    assert kinds(cast.an) == []
    assert not small_changes.publish(clip, cast.lan)


def test_who_has_gone_gets_no_digest(cast: Cast, workflow: object) -> None:
    choose(cast.minh, When.DAILY)
    chain.submit(playable_clip(cast.school_a, cast.lan), cast.lan)
    User.objects.filter(pk=cast.minh.pk).update(is_active=False)
    assert inbox.send_digests(TODAY) == 0
