"""Month by month, in the same reading as the report, for the same part of the tree."""

from __future__ import annotations

import datetime

from library.contributions import rollup, spans
from library.contributions.rollup import Question, Report
from library.contributions.trend import months_of, trend, trend_table
from tests.cast import Cast
from tests.library.contributions.conftest import Count

TODAY = datetime.date(2026, 11, 28)


def asked() -> Question:
    return rollup.question(as_of=TODAY)


def everything(report: Report) -> Report:
    return report


def test_the_twelve_months_end_with_what_has_gone_by() -> None:
    question = Question(as_of=TODAY)
    assert [m.code for m in months_of(question)][::11] == [
        "month-2025-12",
        "month-2026-11",
    ]
    year = question.of_span(spans.school_year(2024))
    assert months_of(year)[-1].code == "month-2025-5"
    assert months_of(question.of_span(spans.school_year(2026)))[-1].last.month == 11
    assert months_of(Question(as_of=datetime.date.min)) == []


def test_each_month_has_what_was_counted_in_it(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, datetime.date(2026, 11, 1))
    counted(cast.school_c, datetime.date(2026, 10, 31))
    counted(cast.school_c, datetime.date(2025, 11, 30))  # thirteen months ago
    numbers = {month.code: clips for month, clips in trend(asked(), everything)}
    assert len(numbers) == 12
    assert {code: n for code, n in numbers.items() if n} == {
        "month-2026-10": 1,
        "month-2026-11": 1,
    }


def test_a_part_of_the_tree_has_its_own_months(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, datetime.date(2026, 11, 1))
    counted(cast.school_c, datetime.date(2026, 11, 1))
    counts = trend(asked(), lambda report: report.below("dong-xoai"))
    assert counts[-1][1] == 1


def test_the_table_says_what_the_chart_shows(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, datetime.date(2026, 11, 1))
    table = trend_table(trend(asked(), everything))
    rows = list(table.rows)
    assert (len(rows), rows[-1].cells[1], table.total) == (12, 1, ("Cộng", 1))
