"""School years, quarters and months: what a reader counts by, and what it is held against."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

YEARS = range(1900, 9000)
SCHOOL_BEGINS, SCHOOL_ENDS = 9, 5  # September to May of the next year


class Kind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAYS = "days"  # any two days


class Against(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR = "year"


MONTHS = {Kind.YEAR: 12, Kind.QUARTER: 3, Kind.MONTH: 1}
CODES = {
    Kind.YEAR: re.compile(r"year-(?P<year>[0-9]{4})"),
    Kind.QUARTER: re.compile(r"quarter-(?P<year>[0-9]{4})-(?P<number>[1-4])"),
    Kind.MONTH: re.compile(r"month-(?P<year>[0-9]{4})-(?P<number>1[0-2]|[1-9])"),
}


@dataclass(frozen=True)
class Span:
    """From one day to another, both within it."""

    first: datetime.date
    last: datetime.date
    kind: Kind = Kind.DAYS

    @property
    def code(self) -> str:
        """What an address says for it; nothing for any two days."""
        match self.kind:
            case Kind.YEAR:
                return f"year-{self.first.year}"
            case Kind.QUARTER:
                return f"quarter-{self.first.year}-{self._quarter}"
            case Kind.MONTH:
                return f"month-{self.first.year}-{self.first.month}"
        return ""

    @property
    def name(self) -> str:
        year = self.first.year
        match self.kind:
            case Kind.YEAR:
                return _("School year %(first)d–%(last)d") % {
                    "first": year,
                    "last": year + 1,
                }
            case Kind.QUARTER:
                return _("Quarter %(number)d of %(year)d") % {
                    "number": self._quarter,
                    "year": year,
                }
            case Kind.MONTH:
                return _("Month %(number)d of %(year)d") % {
                    "number": self.first.month,
                    "year": year,
                }
        return self.days

    @property
    def _quarter(self) -> int:
        return (self.first.month + 2) // 3  # its end may be cut off

    @property
    def days(self) -> str:
        return f"{_written(self.first)}–{_written(self.last)}"

    @property
    def words(self) -> str:
        """Its name with its days, which tell how much of it is meant."""
        return self.name if self.kind is Kind.DAYS else f"{self.name} ({self.days})"

    def before(self, as_of: datetime.date) -> Span | None:
        """The one before it; of one that still runs, as much as has gone by."""
        if self.kind is not Kind.DAYS:
            return self._earlier(MONTHS[self.kind], as_of)
        days = self.last - self.first + datetime.timedelta(days=1)
        try:
            ended = min(self.last, max(as_of, self.first)) - days
            return Span(self.first - days, ended)
        except OverflowError:
            return None

    def a_year_before(self, as_of: datetime.date) -> Span | None:
        return self._earlier(12, as_of)

    def against(self, other: Against, as_of: datetime.date) -> Span | None:
        if other is Against.BEFORE:
            return self.before(as_of)
        return self.a_year_before(as_of)

    def _earlier(self, months: int, as_of: datetime.date) -> Span | None:
        if self.first.year - months // 12 - 1 < YEARS.start:
            return None
        last = months_before(self.last, months)
        if self.kind is not Kind.DAYS:
            last = month_end(last.year, last.month)
        if self.first <= as_of < self.last:
            last = min(last, months_before(as_of, months))
        return Span(months_before(self.first, months), last, self.kind)


def school_year(year: int) -> Span:
    first = datetime.date(year, SCHOOL_BEGINS, 1)
    return Span(first, month_end(year + 1, SCHOOL_ENDS), Kind.YEAR)


def quarter(year: int, number: int) -> Span:
    first = datetime.date(year, 3 * number - 2, 1)
    return Span(first, month_end(year, 3 * number), Kind.QUARTER)


def month(year: int, number: int) -> Span:
    first = datetime.date(year, number, 1)
    return Span(first, month_end(year, number), Kind.MONTH)


def of_code(code: str) -> Span | None:
    """What an address asks for; None where it means no period."""
    for kind, pattern in CODES.items():
        found = pattern.fullmatch(code)
        if found and (year := int(found["year"])) in YEARS:
            if kind is Kind.YEAR:
                return school_year(year)
            of = quarter if kind is Kind.QUARTER else month
            return of(year, int(found["number"]))
    return None


def of_days(first: datetime.date | None, last: datetime.date | None) -> Span | None:
    return Span(first, last) if first and last else None


def known(kind: Kind, first: datetime.date, last: datetime.date) -> Iterator[Span]:
    """The periods of a kind that the days touch, the newest first."""
    match kind:
        case Kind.YEAR:
            found = [school_year(year) for year in range(first.year - 1, last.year + 1)]
        case Kind.QUARTER:
            years = range(first.year, last.year + 1)
            found = [quarter(year, number) for year in years for number in range(1, 5)]
        case _:
            found = months(first, last)
    for span in reversed(found):
        if span.first <= last and first <= span.last:
            yield span


def months(first: datetime.date, last: datetime.date) -> list[Span]:
    """Each month from the one of a day to that of another, the oldest first."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [month(number // 12, number % 12 + 1) for number in numbers]


def month_end(year: int, number: int) -> datetime.date:
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day some months earlier, or the last one that month has."""
    number = day.year * 12 + day.month - 1 - months
    end = month_end(number // 12, number % 12 + 1)
    return min(end, end.replace(day=min(day.day, end.day)))


def _written(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"
