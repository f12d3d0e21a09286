"""A report as its page shows it: the same numbers as its files, with bars and links."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import QueryDict

from library.contributions.goals import State
from library.contributions.models import Campaign
from library.contributions.rollup import Report, UnitRow

DEEPEST = 5


@dataclass(frozen=True)
class Line:
    row: UnitRow
    indent: int
    filled: int  # of `full`, for the bar; there is none without a target
    full: int


@dataclass(frozen=True)
class Screen:
    lines: tuple[Line, ...]
    total: int
    met: int
    behind: int
    with_target: int
    campaign: Campaign | None
    elapsed: int  # percent
    as_of: datetime.date
    csv_query: str
    xlsx_query: str


def screen_of(report: Report, chosen: QueryDict) -> Screen:
    rows, asked = report.units, report.question
    campaign = asked.campaign
    shallowest = min((row.depth for row in rows), default=0)
    states = [row.state for row in rows if row.state]
    return Screen(
        lines=tuple(_line(row, shallowest) for row in rows),
        total=report.total,
        met=states.count(State.MET),
        behind=states.count(State.BEHIND),
        with_target=len(states),
        campaign=campaign,
        elapsed=round(campaign.elapsed(asked.as_of) * 100) if campaign else 0,
        as_of=asked.as_of,
        csv_query=_query(chosen, "csv"),
        xlsx_query=_query(chosen, "xlsx"),
    )


def _line(row: UnitRow, shallowest: int) -> Line:
    full = row.target or 0
    indent = min(row.depth - shallowest, DEEPEST)
    return Line(row, indent, min(row.toward or 0, full), full)


def _query(chosen: QueryDict, export: str) -> str:
    query = chosen.copy()
    query["export"] = export
    return query.urlencode()
