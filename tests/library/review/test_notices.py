"""Mails go to the people of the clip, in Vietnamese, and never stand in an answer's way."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from library.clips.models import ClipPage
from library.review import chain, notices, withdrawal
from library.review.inbox import MailChoice, Notice, When
from library.review.models import ReviewTaskState
from library.units import members
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member, person
from tests.factories import playable_clip, published_clip

LEFT = "không còn ở đơn vị"


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def sent(*kinds: str) -> dict[str, mail.EmailMessage]:
    """Runs the mail jobs of these kinds; the mails by address."""
    mail.outbox.clear()
    for job in Job.objects.filter(kind="mail"):
        if job.key.split("/")[1] in kinds:
            notices.send(job)
    return {message.to[0]: message for message in mail.outbox}


def test_the_clips_own_reviewers_hear_that_it_waits(cast: Cast, clip: ClipPage) -> None:
    mails = sent("waits")
    assert mails.keys() == {"minh@example.org"}  # not the superuser, not Tú of B
    text = mails["minh@example.org"]
    assert clip.title in text.subject
    assert "Đoàn trường THPT Đồng Xoài" in text.body
    assert reverse("review:clip", args=[clip.pk]) in text.body


def test_every_curator_of_the_deciding_unit_hears(cast: Cast, workflow: object) -> None:
    member(person("thu"), cast.district, Role.CURATOR)
    chain.submit(playable_clip(cast.school_a, cast.lan), cast.lan)
    assert sent("waits").keys() == {"minh@example.org", "thu@example.org"}


def test_the_contributor_hears_of_the_approval_with_the_address(
    cast: Cast, clip: ClipPage
) -> None:
    chain.approve(step(clip), cast.minh, "Rất hay")
    mails = sent("approved")
    assert mails.keys() == {"lan@example.org"}
    body = mails["lan@example.org"].body
    assert "Rất hay" in body
    assert f"-{clip.pk}/" in body


@pytest.mark.parametrize(
    ("answer", "kind"), [(chain.ask_for_changes, "changes"), (chain.reject, "rejected")]
)
def test_the_contributor_reads_reason_words_and_link(
    cast: Cast, clip: ClipPage, answer: object, kind: str
) -> None:
    answer(step(clip), cast.minh, "quality", "Âm thanh <nhỏ> & rè")  # type: ignore[operator]
    mails = sent(kind)
    assert mails.keys() == {"lan@example.org"}
    body = mails["lan@example.org"].body
    assert "Âm thanh <nhỏ> & rè" in body
    assert reverse("uploads:clip", args=[clip.pk]) in body
    assert "Âm thanh hoặc hình ảnh" in body or "Sound or picture" in body


def test_owner_and_submitter_both_hear(cast: Cast, workflow: object) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    chain.submit(clip, cast.bao)
    chain.approve(step(clip), cast.minh)
    assert sent("approved").keys() == {"lan@example.org", "bao@example.org"}


def test_wagtails_own_mails_are_silent(cast: Cast, clip: ClipPage) -> None:
    mail.outbox.clear()
    chain.approve(step(clip), cast.minh)
    assert mail.outbox == []


def test_who_wants_no_mail_gets_none(cast: Cast, workflow: object) -> None:
    profile = UserProfile.get_for_user(cast.minh)
    profile.submitted_notifications = False
    profile.save()
    chain.submit(playable_clip(cast.school_a, cast.lan), cast.lan)
    assert sent("waits") == {}


def test_people_without_address_or_account_are_passed_over(
    cast: Cast, clip: ClipPage
) -> None:
    User.objects.filter(pk=cast.minh.pk).update(email="")
    assert sent("waits") == {}
    User.objects.filter(pk=cast.minh.pk).update(
        email="minh@example.org", is_active=False
    )
    assert sent("waits") == {}


def test_a_title_with_a_line_break_is_no_header(cast: Cast, workflow: object) -> None:
    clip = playable_clip(cast.school_a, cast.lan, title="Bài một\nBcc: x@example.org")
    chain.submit(clip, cast.lan)
    assert "\n" not in sent("waits")["minh@example.org"].subject


def test_an_answer_comes_to_those_who_follow_when_its_people_have_left(
    cast: Cast, clip: ClipPage
) -> None:
    member(person("mai"), cast.school_a, Role.CONTRIBUTOR)
    members.revoke(cast.lan.memberships.get())
    chain.reject(step(clip), cast.minh, "quality", "Âm thanh rè")
    mails = sent("rejected")
    assert mails.keys() == {"mai@example.org"}
    assert "Âm thanh rè" in mails["mai@example.org"].body
    assert LEFT in mails["mai@example.org"].body


def test_whoever_is_there_reads_nothing_of_leaving(cast: Cast, clip: ClipPage) -> None:
    chain.reject(step(clip), cast.minh, "quality", "Âm thanh rè")
    assert LEFT not in sent("rejected")["lan@example.org"].body


def test_a_withdrawal_is_told_to_contributor_and_admins_with_its_reason(
    cast: Cast, workflow: object
) -> None:
    member(person("admin-a"), cast.school_a, Role.ADMIN)
    member(person("admin-d"), cast.district, Role.ADMIN)
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    withdrawal.withdraw(clip, cast.minh, "Sai công thức ở phút 3")
    mails = sent("withdrawn")
    assert mails.keys() == {"lan@example.org", "admin-a@example.org"}
    for text in mails.values():
        assert clip.title in text.subject
        assert "Sai công thức ở phút 3" in text.body
        assert reverse("uploads:clip", args=[clip.pk]) in text.body
    told = Notice.objects.filter(kind="withdrawn")
    assert {one.user.username for one in told} == {"lan", "admin-a"}


def test_whoever_withdraws_is_not_told_of_it(cast: Cast, workflow: object) -> None:
    admin = person("admin-a")
    member(admin, cast.school_a, Role.ADMIN)
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    withdrawal.withdraw(clip, admin, "Bản cũ")
    assert sent("withdrawn").keys() == {"lan@example.org"}


def test_of_a_withdrawal_mail_comes_as_it_was_chosen(
    cast: Cast, workflow: object
) -> None:
    MailChoice.objects.create(user=cast.lan, when=When.DAILY)
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    withdrawal.withdraw(clip, cast.minh, "Bản cũ")
    assert sent("withdrawn") == {}
    assert Notice.objects.get(user=cast.lan, kind="withdrawn").for_digest
