"""What was decided about a question holds for its weeks, and can be taken back."""

from __future__ import annotations

import datetime

import pytest

from library.sought.models import Outcome, Unanswered
from library.sought.settling import reopen, settle

pytestmark = pytest.mark.django_db

WEEKS = [datetime.date(2026, 11, day) for day in (9, 16, 23)]


@pytest.fixture
def questions() -> list[Unanswered]:
    return [
        Unanswered.objects.create(week=week, key="dao ham", words="đạo hàm", times=4)
        for week in WEEKS
    ]


def open_weeks() -> list[datetime.date]:
    return sorted(one.week for one in Unanswered.objects.open())


def test_what_is_done_comes_back_when_it_is_sought_in_vain_later(
    questions: list[Unanswered],
) -> None:
    settle(questions[1], Outcome.DONE)
    assert open_weeks() == WEEKS[2:]
    assert [one.week for one in Unanswered.objects.settled(Outcome.DONE)] == [
        WEEKS[1],
        WEEKS[0],
    ]


def test_what_is_ignored_stays_away(questions: list[Unanswered]) -> None:
    settle(questions[0], Outcome.DONE)
    settle(questions[0], Outcome.IGNORED)
    assert open_weeks() == []
    assert not Unanswered.objects.settled(Outcome.DONE)


def test_it_can_be_opened_again(questions: list[Unanswered]) -> None:
    settle(questions[2], Outcome.IGNORED)
    reopen(questions[0])
    assert open_weeks() == WEEKS
