"""What a reader chooses becomes the question; nonsense becomes the usual one."""

from __future__ import annotations

import datetime

import time_machine

from library.contributions import spans
from library.contributions.forms import ReportForm
from library.contributions.rollup import Reading
from library.contributions.spans import Against
from tests.cast import Cast
from tests.library.contributions.conftest import Count


def test_nothing_chosen_is_the_usual_question(db: None) -> None:
    asked = ReportForm({}).question()
    assert (asked.first, asked.last, asked.tree) == (None, None, Reading.NOW)


def test_what_is_chosen_is_asked(db: None) -> None:
    chosen = {"first": "2024-01-01", "as_of": "2024-06-30", "tree": "then"}
    asked = ReportForm(chosen).question()
    assert asked.first == datetime.date(2024, 1, 1)
    assert asked.as_of == datetime.date(2024, 6, 30)
    assert asked.tree == Reading.THEN


def test_days_the_wrong_way_round_are_refused(db: None) -> None:
    form = ReportForm({"first": "2024-02-01", "last": "2024-01-01"})
    assert form.question().first is None
    assert "last" in form.errors


def test_a_period_goes_before_days(db: None) -> None:
    chosen = {"period": "quarter-2026-1", "first": "2024-01-01", "compare": "both"}
    asked = ReportForm(chosen).question()
    assert asked.span == spans.quarter(2026, 1)
    assert (asked.first, asked.last) == (asked.span.first, asked.span.last)
    assert [each.against for each in asked.compared] == [Against.BEFORE, Against.YEAR]


def test_two_days_are_a_period_too(db: None) -> None:
    chosen = {"first": "2026-01-05", "last": "2026-01-11", "compare": "before"}
    (compared,) = ReportForm(chosen).question().compared
    assert compared.span.first == datetime.date(2025, 12, 29)


def test_without_an_end_there_is_nothing_to_compare_with(db: None) -> None:
    asked = ReportForm({"first": "2026-01-05", "compare": "both"}).question()
    assert (asked.first, asked.compared) == (datetime.date(2026, 1, 5), ())


def test_periods_are_offered_since_the_first_counted_clip(
    cast: Cast, counted: Count
) -> None:
    counted(cast.school_a, datetime.date(2025, 3, 1))
    with time_machine.travel("2026-02-10T08:00:00Z", tick=False):
        choices = dict(ReportForm({}).fields["period"].choices)  # type: ignore[attr-defined]
    years, quarters, months = (
        list(dict(group)) for group in list(choices.values())[1:]
    )
    assert years == ["year-2025", "year-2024"]
    assert (quarters[0], quarters[-1]) == ("quarter-2026-1", "quarter-2025-1")
    assert (months[0], months[-1]) == ("month-2026-2", "month-2025-3")


def test_an_older_period_that_is_asked_for_stays_chosen(db: None) -> None:
    form = ReportForm({"period": "year-2001"})
    assert form.question().first == datetime.date(2001, 9, 1)
    assert '<option value="year-2001" selected>' in str(form["period"])
