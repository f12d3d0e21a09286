"""Small trees of units for tests that need no database."""

from __future__ import annotations

import datetime

from library.reorganising.checking import Outcome, outcome_of
from library.reorganising.lines import Line
from library.reorganising.states import Chart, UnitState, founded

BORN = datetime.date(2021, 1, 1)
JULY = datetime.date(2025, 7, 1)
TODAY = datetime.date(2026, 11, 28)
KINDS = ("province", "district", "commune", "school")


def tree() -> dict[str, UnitState]:
    """binh-phuoc > (dong-xoai > (truong-a, truong-b), bu-dang > truong-c); dong-nai."""
    parents = {
        "binh-phuoc": ("province", ""),
        "dong-nai": ("province", ""),
        "dong-xoai": ("district", "binh-phuoc"),
        "bu-dang": ("district", "binh-phuoc"),
        "truong-a": ("school", "dong-xoai"),
        "truong-b": ("school", "dong-xoai"),
        "truong-c": ("school", "bu-dang"),
    }
    return {
        code: founded(code, code.replace("-", " ").title(), kind, parent, BORN)
        for code, (kind, parent) in parents.items()
    }


def line(number: int, code: str, on: datetime.date = JULY, **asks: object) -> Line:
    return Line(number=number, code=code, on=on, **asks)  # type: ignore[arg-type]


def played(
    *lines: Line, chart: Chart | None = None, today: datetime.date = TODAY
) -> Outcome:
    return outcome_of(lines, chart or tree(), KINDS, today)


def reasons(outcome: Outcome) -> dict[int, str]:
    """The first reason of each line."""
    found: dict[int, str] = {}
    for problem in outcome.problems:
        found.setdefault(problem.line, problem.words)
    return found
