"""Local days as moments: a day of a report begins and ends at midnight in Vietnam."""

from __future__ import annotations

import datetime

from django.utils import timezone

# Beyond these a moment has no date of its own in UTC.
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(9999, 12, 30)


def start_of(day: datetime.date) -> datetime.datetime:
    return _local(day, datetime.time.min)


def end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of the day."""
    return _local(day, datetime.time.max)


def _local(day: datetime.date, time: datetime.time) -> datetime.datetime:
    within = min(max(day, FIRST), LAST)
    return timezone.make_aware(datetime.datetime.combine(within, time))
