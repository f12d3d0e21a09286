"""A reported problem gets one answer, mailed once where an address was given."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from library.consent import answering, problems
from library.consent.models import Problem
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(cast: Cast) -> Problem:
    clip = factories.live(cast.school_a, cast.lan)
    told = {"reason": "content", "words": "Công thức sai", "email": "me@example.org"}
    return problems.take(clip, told, "one")


def test_the_answer_is_kept_logged_and_mailed_once(
    cast: Cast, problem: Problem
) -> None:
    assert answering.answer(problem, cast.minh, " Đã sửa, cảm ơn bạn. ")
    worker.drain("default")
    problem.refresh_from_db()
    assert (problem.state, problem.handled_by) == ("answered", cast.minh)
    assert problem.answer == "Đã sửa, cảm ơn bạn."
    (sent,) = [one for one in mail.outbox if one.to == ["me@example.org"]]
    assert "Đã sửa, cảm ơn bạn." in sent.body
    entry = PageLogEntry.objects.get(action=answering.ANSWER)
    assert entry.data["problem"] == problem.pk
    assert "me@example.org" not in str(entry.data)
    answering.send(Job(spec={"problem": problem.pk}))
    assert sum(one.to == ["me@example.org"] for one in mail.outbox) == 1


def test_no_job_holds_the_address(cast: Cast, problem: Problem) -> None:
    answering.answer(problem, cast.minh, "Đã sửa.")
    assert "example.org" not in str(list(Job.objects.values_list("spec", flat=True)))


def test_without_an_address_nothing_is_mailed(cast: Cast, problem: Problem) -> None:
    Problem.objects.update(email="")
    assert answering.answer(problem, cast.minh, "Đã sửa.")
    assert not Job.objects.filter(kind=answering.KIND).exists()


def test_what_was_forgotten_meanwhile_is_not_mailed(
    cast: Cast, problem: Problem
) -> None:
    answering.answer(problem, cast.minh, "Đã sửa.")
    Problem.objects.update(email="")
    answering.send(Job(spec={"problem": problem.pk}))
    assert not [one for one in mail.outbox if one.to == ["me@example.org"]]


def test_of_two_who_answer_the_first_one_does(cast: Cast, problem: Problem) -> None:
    assert answering.answer(problem, cast.minh, "Một")
    assert not answering.answer(problem, cast.an, "Hai")
    problem.refresh_from_db()
    assert problem.answer == "Một"


def test_it_is_done_with_or_without_an_answer(cast: Cast, problem: Problem) -> None:
    assert answering.done(problem, cast.minh)
    assert not answering.done(problem, cast.minh)
    problem.refresh_from_db()
    assert (problem.state, problem.answer) == ("done", "")
    assert not answering.answer(problem, cast.minh, "Muộn")
    assert PageLogEntry.objects.filter(action=answering.DONE).count() == 1


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "nam"])
def test_others_answer_nothing(cast: Cast, problem: Problem, who: str) -> None:
    user = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        answering.answer(problem, user, "Không")
    with pytest.raises(PermissionDenied):
        answering.done(problem, user)
