"""The mail of an invitation, by a job, to the invited address alone."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from library.invitations import inviting, mails
from library.invitations.mails import Sending
from library.invitations.models import Invitation
from media_pipeline.jobs import claim, outcome
from media_pipeline.jobs.models import Job
from tests.cast import Cast
from tests.library.invitations.conftest import offer
from tests.machine import free_port


@pytest.fixture
def invitation(cast: Cast, head: User) -> Invitation:
    return inviting.by_mail(offer(cast.school_a), ["mai@example.org"], head)[0]


def work() -> None:
    """What a worker does with the job, once."""
    job = claim.best("default")
    assert job is not None
    try:
        mails.send(job)
    except OSError as error:
        outcome.fail(job, error, datetime.timedelta(0))
    else:
        outcome.finish(job)


def sending(invitation: Invitation) -> Sending:
    invitation.refresh_from_db()
    return mails.fare([invitation])[invitation.pk]


def test_it_tells_who_invites_to_what_and_where_to_accept(
    cast: Cast, invitation: Invitation
) -> None:
    with override("en"):
        work()
    (sent,) = mail.outbox
    assert sent.recipients() == ["mai@example.org"]
    assert sent.subject == "Mời bạn tham gia Thư viện mở"
    for words in (
        "Ha mời bạn",
        cast.school_a.title,
        "Người đóng góp: tải clip lên",
        invitation.address,
        invitation.code_in_groups,
        f"{invitation.last_day:%d/%m/%Y}",
    ):
        assert words in sent.body, words
    assert sending(invitation) == Sending.SENT


def test_no_code_stands_in_a_job(invitation: Invitation) -> None:
    job = Job.objects.get(kind=mails.KIND)
    assert job.spec == {"invitation": invitation.pk}
    assert invitation.code not in job.key


def test_an_outage_is_seen_and_the_mail_can_be_sent_again(
    cast: Cast, invitation: Invitation, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(free_port())
    assert sending(invitation) == Sending.WAITING
    work()
    assert sending(invitation) == Sending.DELAYED
    for _ in range(4):
        work()
    assert sending(invitation) == Sending.FAILED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    inviting.send_again(invitation, cast.an)
    assert sending(invitation) == Sending.WAITING
    work()
    assert sending(invitation) == Sending.SENT
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("way", ["withdrawn", "accepted", "gone"])
def test_one_that_no_longer_holds_is_not_sent(
    cast: Cast, head: User, invitation: Invitation, way: str
) -> None:
    if way == "withdrawn":
        inviting.withdraw(invitation, head)
    elif way == "accepted":
        invitation.uses.create(user=cast.nam)
    else:
        invitation.delete()
    work()
    assert mail.outbox == []


def test_how_mails_fare_is_asked_once_for_all(
    cast: Cast, head: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    addresses = [f"em{number}@example.org" for number in range(5)]
    made = inviting.by_mail(offer(cast.school_a), addresses, head)
    with django_assert_num_queries(1):
        assert set(mails.fare(made).values()) == {Sending.WAITING}
