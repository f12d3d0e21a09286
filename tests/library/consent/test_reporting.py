"""Anybody reports a problem from a clip's page, without an account or JavaScript."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library import journey
from library.clips.models import ClipPage
from library.consent.models import Problem
from library.review import inbox
from library.review.inbox import MailChoice, Notice, When
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = pytest.mark.django_db
TOLD = {"reason": "image", "words": "Con tôi có trong clip", "email": ""}
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan)


def address(clip: ClipPage) -> str:
    return f"/clip/{clip.pk}/bao-loi/"


def test_the_watch_page_leads_there(client: Client, clip: ClipPage) -> None:
    page = client.get(f"/{clip.public_path()}").content.decode()
    assert address(clip) in page
    assert client.get(address(clip)).status_code == 200


def test_what_is_sent_becomes_a_row(client: Client, clip: ClipPage) -> None:
    answer = client.post(address(clip), TOLD, follow=True)
    assert "Cảm ơn bạn" in answer.content.decode()
    row = Problem.objects.get()
    assert (row.clip, row.reason, row.state) == (clip, "image", "new")


@pytest.mark.parametrize(
    "change",
    [{"words": "  "}, {"reason": ""}, {"reason": "x"}, {"email": "no address"}],
)
def test_what_is_incomplete_is_said_and_what_was_typed_stays(
    client: Client, clip: ClipPage, change: dict[str, str]
) -> None:
    answer = client.post(address(clip), {**TOLD, **change})
    assert answer.status_code == 422
    assert not Problem.objects.exists()


def test_too_many_are_refused_with_the_words_kept(
    client: Client, clip: ClipPage, settings: Any
) -> None:
    settings.PROBLEMS_PER_HOUR = 0
    answer = client.post(address(clip), TOLD)
    assert answer.status_code == 429
    assert TOLD["words"] in answer.content.decode()
    assert not Problem.objects.exists()


def test_a_form_of_another_site_is_refused(clip: ClipPage) -> None:
    assert Client(enforce_csrf_checks=True).post(address(clip), TOLD).status_code == 403


def test_of_what_is_not_public_there_is_no_page(client: Client, cast: Cast) -> None:
    draft = factories.ready(cast.school_a, cast.lan)
    assert client.get(address(draft)).status_code == 404
    assert client.get(f"{address(draft)}xong/").status_code == 404


def notices(**chosen: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind="problem", **chosen).order_by("pk")
    return [(row.user.username, row.path) for row in rows]


def test_the_nearest_who_answer_are_told_and_read_no_visitors_words(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    client.post(address(clip), {**TOLD, "email": "me@example.net"})
    problem = Problem.objects.get()
    path = reverse("problems:problem", args=[problem.pk])
    assert notices() == [("minh", path)]  # neither superusers nor other units
    worker.drain("default")
    (sent,) = [one for one in mail.outbox if one.to == ["minh@example.org"]]
    assert path in sent.body
    assert clip.title in sent.subject
    assert "tiếng nói trong clip" in sent.body  # the reason, in Vietnamese
    assert TOLD["words"] not in sent.body
    assert "example.net" not in sent.body


def test_of_one_reason_they_hear_once_a_day_however_many_write(
    cast: Cast, clip: ClipPage
) -> None:
    for number in range(3):
        told = {**TOLD, "words": f"Lời {number}"}
        journey.problem_reported(clip, told, f"sender {number}")
    assert len(notices()) == 1
    journey.problem_reported(clip, {**TOLD, "reason": "playing"}, "one")
    assert len(notices()) == 2
    with time_machine.travel(timezone.now() + A_DAY, tick=False):
        journey.problem_reported(clip, TOLD, "another")
    assert len(notices()) == 3


def test_whoever_wants_a_digest_gets_it_by_digest(cast: Cast, clip: ClipPage) -> None:
    MailChoice.objects.create(user=cast.minh, when=When.DAILY)
    journey.problem_reported(clip, TOLD, "one")
    assert Notice.objects.get().for_digest
    assert not Job.objects.filter(kind="mail").exists()


@pytest.mark.parametrize("way", ["answered", "done"])
def test_when_none_of_the_clips_waits_nobody_is_asked_any_more(
    cast: Cast, clip: ClipPage, way: str
) -> None:
    first = journey.problem_reported(clip, TOLD, "one")
    second = journey.problem_reported(clip, {**TOLD, "reason": "playing"}, "two")

    def settle(problem: Problem) -> None:
        if way == "answered":
            assert journey.problem_answered(problem, cast.minh, "Đã sửa.")
        else:
            assert journey.problem_done(problem, cast.minh)

    settle(first)
    assert inbox.unread(cast.minh) == 2
    settle(second)
    assert inbox.unread(cast.minh) == 0
