"""A day of a report is a day in Vietnam, from midnight to midnight."""

from __future__ import annotations

import datetime

from library.contributions.periods import end_of, start_of

DAY = datetime.date(2025, 7, 1)


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    expected = datetime.datetime(2025, 6, 30, 17, tzinfo=datetime.UTC)
    assert start_of(DAY) == expected


def test_a_day_ends_just_before_the_next_begins() -> None:
    gap = start_of(DAY + datetime.timedelta(days=1)) - end_of(DAY)
    assert gap == datetime.timedelta(microseconds=1)


def test_a_day_at_the_end_of_time_is_still_a_moment() -> None:
    assert end_of(datetime.date.max).astimezone(datetime.UTC).year == 9999
    assert start_of(datetime.date.min).astimezone(datetime.UTC).year == 1899
