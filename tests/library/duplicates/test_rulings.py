"""When a clip was a duplicate follows from the rulings alone."""

from __future__ import annotations

import datetime

import pytest

from library.duplicates import rulings
from library.duplicates.models import Ruling, Verdict
from library.duplicates.rulings import Span

DAY = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def at(day: int) -> datetime.datetime:
    return DAY + datetime.timedelta(days=day)


def ruling(day: int, clip: int, other: int, verdict: Verdict) -> Ruling:
    return Ruling(clip_number=clip, other_number=other, verdict=verdict, at=at(day))


DUPLICATE, DIFFERENT, NEW = Verdict.DUPLICATE, Verdict.DIFFERENT, Verdict.NEW_VERSION


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], []),
        ([(1, 7, 8, DIFFERENT)], []),
        ([(1, 7, 8, NEW)], []),
        ([(1, 7, 8, DUPLICATE)], [(1, None)]),
        ([(1, 8, 7, DUPLICATE)], []),  # the other one is
        ([(1, 7, 8, DUPLICATE), (3, 7, 8, DIFFERENT)], [(1, 3)]),
        ([(1, 7, 8, DUPLICATE), (3, 8, 7, DUPLICATE)], [(1, 3)]),
        ([(1, 7, 8, DUPLICATE), (2, 7, 9, DUPLICATE)], [(1, None)]),
        (
            [(1, 7, 8, DUPLICATE), (2, 7, 9, DUPLICATE), (3, 7, 8, DIFFERENT)],
            [(1, None)],  # still of 9
        ),
        (
            [(1, 7, 8, DUPLICATE), (2, 7, 8, NEW), (5, 7, 8, DUPLICATE)],
            [(1, 2), (5, None)],
        ),
    ],
)
def test_the_newest_ruling_about_two_holds(
    said: list[tuple[int, int, int, Verdict]],
    expected: list[tuple[int, int | None]],
) -> None:
    found = rulings.spans([ruling(*one) for one in said])
    wanted = [Span(at(one), at(two) if two else None) for one, two in expected]
    assert found[7] == wanted


@pytest.mark.parametrize(
    ("copies", "live", "left"),
    [
        ([], [(1, 9)], [(1, 9)]),
        ([(1, None)], [(1, 9)], []),
        ([(0, None)], [(1, None)], []),
        ([(4, None)], [(1, None)], [(1, 4)]),
        ([(4, 6)], [(1, None)], [(1, 4), (6, None)]),
        ([(4, 6)], [(1, 5), (7, 8)], [(1, 4), (7, 8)]),
        ([(4, 6)], [(5, 9)], [(6, 9)]),
        ([(2, 3), (4, 6)], [(1, None)], [(1, 2), (3, 4), (6, None)]),
        ([(7, 8)], [(1, 3)], [(1, 3)]),
    ],
)
def test_what_is_left_is_the_time_in_which_it_was_none(
    copies: list[tuple[int, int | None]],
    live: list[tuple[int, int | None]],
    left: list[tuple[int, int | None]],
) -> None:
    def moments(
        spans: list[tuple[int, int | None]],
    ) -> list[tuple[datetime.datetime, datetime.datetime | None]]:
        return [(at(one), at(two) if two else None) for one, two in spans]

    spans = [Span(*one) for one in moments(copies)]
    assert rulings.without(spans, moments(live)) == moments(left)
