"""Problems are taken in from anybody, not too many at once, and forgotten in time."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from library.clips.models import ClipPage
from library.consent import problems
from library.consent.models import Problem
from library.units.models import Role
from tests.cast import Cast, member, person
from tests.library.clips import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan)


def told(words: str = "Phút thứ hai bị mất tiếng") -> dict[str, str]:
    return {"reason": "playing", "words": words, "email": "me@example.org"}


def test_the_same_words_sent_twice_are_one_problem(clip: ClipPage) -> None:
    first = problems.take(clip, told(), "one")
    assert problems.take(clip, told(), "one") == first
    assert Problem.objects.count() == 1


def test_a_sender_tells_only_so_much_in_an_hour(clip: ClipPage, settings: Any) -> None:
    settings.PROBLEMS_PER_HOUR = 2
    for number in range(2):
        problems.take(clip, told(f"Lần {number}"), "one")
    with pytest.raises(problems.TooManyError):
        problems.take(clip, told("Lần nữa"), "one")
    problems.take(clip, told("Lần nữa"), "another")
    an_hour_on = timezone.now() + datetime.timedelta(minutes=61)
    with time_machine.travel(an_hour_on, tick=False):
        problems.take(clip, told("Lần nữa"), "one")


def test_many_senders_cannot_bury_one_clip(
    clip: ClipPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "NEW_PER_CLIP", 3)
    for number in range(3):
        problems.take(clip, told(), f"sender {number}")
    with pytest.raises(problems.TooManyError):
        problems.take(clip, told(), "one more")


def request_from(address: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_a_sender_is_told_apart_without_keeping_where_from() -> None:
    one = problems.sender_of(request_from("203.0.113.5"))
    assert one == problems.sender_of(request_from("203.0.113.5"))
    assert one != problems.sender_of(request_from("203.0.113.6"))
    assert "203" not in one


def test_they_wait_for_curators_and_admins_above_alone(
    cast: Cast, clip: ClipPage
) -> None:
    problem = problems.take(clip, told(), "one")
    admin = person("admin-a")
    member(admin, cast.school_a, Role.ADMIN)
    for user in (cast.minh, admin, cast.an):
        assert list(problems.answerable(user)) == [problem]
        assert problems.waiting(user) == 1
    for user in (cast.lan, cast.hoa, cast.tu, cast.bao, cast.nam):
        assert not problems.answerable(user).exists()


def test_personal_data_goes_in_time_and_the_row_stays(
    clip: ClipPage, settings: Any
) -> None:
    problem = problems.take(clip, told(), "one")
    Problem.objects.update(answer="Cảm ơn bạn Mai")
    days = datetime.timedelta(days=settings.PROBLEM_PERSONAL_DAYS)
    with time_machine.travel(timezone.now() + days / 2, tick=False):
        assert problems.forget() == 0
        problem.refresh_from_db()
        assert (problem.sender, problem.email) == ("", "me@example.org")
    later = timezone.now() + days + datetime.timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        assert problems.forget() == 1
        assert problems.forget() == 0
    problem.refresh_from_db()
    assert (problem.words, problem.email, problem.answer) == ("", "", "")
    assert problem.reason == "playing"
    assert problem.forgotten_at is not None
