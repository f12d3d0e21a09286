"""What a reader chooses becomes the question; nonsense becomes the usual one."""

from __future__ import annotations

import datetime

from library.contributions.forms import ReportForm
from library.contributions.rollup import Reading


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
