"""Local days as moments: a day of a report begins and ends at midnight in Vietnam."""

from __future__ import annotations

import datetime

from django.utils import timezone


def start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of the day."""
    return start_of(day + datetime.timedelta(days=1)) - datetime.timedelta(
        microseconds=1
    )
