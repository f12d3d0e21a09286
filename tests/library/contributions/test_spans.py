"""A school year, a quarter, a month, any two days, and what each is held against."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from library.contributions import spans
from library.contributions.spans import Kind, Span

D = datetime.date
LATE = D(2030, 1, 1)


def days(span: Span | None) -> tuple[str, str]:
    assert span is not None
    return span.first.isoformat(), span.last.isoformat()


def test_a_school_year_goes_from_september_to_may() -> None:
    assert days(spans.school_year(2025)) == ("2025-09-01", "2026-05-31")


def test_quarters_and_months_end_on_their_last_day() -> None:
    assert days(spans.quarter(2024, 1)) == ("2024-01-01", "2024-03-31")
    assert days(spans.month(2024, 2)) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize("code", ["year-2025", "quarter-2026-4", "month-2026-11"])
def test_a_code_means_the_period_that_has_it(code: str) -> None:
    span = spans.of_code(code)
    assert span is not None
    assert span.code == code


@pytest.mark.parametrize(
    "code",
    ["", "x", "year-1", "year-0001", "year-9999", "quarter-2026-5", "month-2026-13"],
)
def test_any_other_code_means_none(code: str) -> None:
    assert spans.of_code(code) is None


@pytest.mark.parametrize("code", ["month-2026-0", "month-2026-011", "year-٢٠٢٥"])
def test_a_number_written_otherwise_means_none(code: str) -> None:
    assert spans.of_code(code) is None


def test_periods_are_called_as_people_call_them() -> None:
    with translation.override("vi"):
        assert spans.school_year(2025).name == "Năm học 2025–2026"
        assert spans.quarter(2026, 4).name == "Quý 4 năm 2026"
        assert spans.month(2026, 11).name == "Tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("span", "before", "a_year_before"),
    [
        (
            spans.school_year(2025),
            ("2024-09-01", "2025-05-31"),
            ("2024-09-01", "2025-05-31"),
        ),
        (
            spans.quarter(2026, 1),
            ("2025-10-01", "2025-12-31"),
            ("2025-01-01", "2025-03-31"),
        ),
        (
            spans.month(2024, 3),
            ("2024-02-01", "2024-02-29"),
            ("2023-03-01", "2023-03-31"),
        ),
        (
            spans.month(2025, 2),
            ("2025-01-01", "2025-01-31"),
            ("2024-02-01", "2024-02-29"),
        ),
        (
            Span(D(2026, 3, 1), D(2026, 3, 10)),
            ("2026-02-19", "2026-02-28"),
            ("2025-03-01", "2025-03-10"),
        ),
    ],
)
def test_a_period_that_is_over_is_held_against_whole_ones(
    span: Span, before: tuple[str, str], a_year_before: tuple[str, str]
) -> None:
    assert days(span.before(LATE)) == before
    assert days(span.a_year_before(LATE)) == a_year_before


def test_one_that_runs_is_held_against_as_much_as_has_gone_by() -> None:
    today = D(2026, 11, 28)
    assert days(spans.quarter(2026, 4).before(today)) == ("2026-07-01", "2026-08-28")
    assert days(spans.month(2026, 11).before(today)) == ("2026-10-01", "2026-10-28")
    assert days(spans.school_year(2026).a_year_before(today)) == (
        "2025-09-01",
        "2025-11-28",
    )
    own = Span(D(2026, 11, 21), D(2026, 11, 30))
    assert days(own.before(today)) == ("2026-11-11", "2026-11-18")


def test_nothing_lies_before_the_beginning_of_time() -> None:
    assert Span(D.min, D.max).before(LATE) is None
    assert Span(D.min, D(2, 1, 1)).a_year_before(LATE) is None


def test_known_periods_are_those_that_the_days_touch_newest_first() -> None:
    first, last = D(2025, 6, 15), D(2026, 2, 3)
    assert [span.code for span in spans.known(Kind.YEAR, first, last)] == ["year-2025"]
    codes = [span.code for span in spans.known(Kind.QUARTER, first, last)]
    assert codes == [
        "quarter-2026-1",
        "quarter-2025-4",
        "quarter-2025-3",
        "quarter-2025-2",
    ]
    months = [span.code for span in spans.known(Kind.MONTH, first, last)]
    assert (months[0], months[-1], len(months)) == ("month-2026-2", "month-2025-6", 9)


def test_what_has_gone_by_is_called_as_the_whole() -> None:
    before = spans.quarter(2026, 4).before(D(2026, 11, 28))
    assert before is not None
    assert before.code == "quarter-2026-3"
    with translation.override("vi"):
        assert before.words == "Quý 3 năm 2026 (01/07/2026–28/08/2026)"
