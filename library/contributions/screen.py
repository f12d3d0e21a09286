"""A report as its page shows it: its table, the sums above it, and where it leads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from library.contributions.exports import KINDS, SPREADSHEETS
from library.contributions.forms import READINGS
from library.contributions.goals import State
from library.contributions.models import Campaign
from library.contributions.rollup import Question, Report
from library.contributions.tables import Shape, ShownTable, Table, shown, text_of
from library.contributions.tree_table import tree_table


@dataclass(frozen=True)
class Sum:
    """What a period that this one is compared with brought, and the difference."""

    name: str
    then: str
    change: str


@dataclass(frozen=True)
class Screen:
    table: ShownTable
    total: str
    sums: tuple[Sum, ...]
    met: int
    behind: int
    with_target: int
    campaign: Campaign | None
    elapsed: int  # percent
    as_of: datetime.date
    period: str
    links: dict[str, str]  # where the same question leads beside
    readings: tuple[tuple[str, str, bool], ...]  # label, query, is it this one


def screen_of(
    report: Report, chosen: QueryDict, signed: Mapping[int, int] | None = None
) -> Screen:
    asked = report.question
    campaign = asked.campaign
    states = [row.state for row in report.units if row.state]
    table = tree_table(report, signed)
    return Screen(
        table=shown(table, files_of(table, chosen)),
        total=text_of(report.total),
        sums=_sums(report),
        met=states.count(State.MET),
        behind=states.count(State.BEHIND),
        with_target=len(states),
        campaign=campaign,
        elapsed=round(campaign.elapsed(asked.as_of) * 100) if campaign else 0,
        as_of=asked.as_of,
        period=asked.span.words if asked.span else "",
        links=_links(report, chosen),
        readings=readings_of(asked, chosen),
    )


def _links(report: Report, chosen: QueryDict) -> dict[str, str]:
    tops = report.tops
    query = chosen.urlencode()
    links = {"overview": f"{reverse('contributions_overview')}?{query}"}
    for kind in SPREADSHEETS:
        asked = changed(chosen, export=kind)
        links[f"ledger_{kind}"] = f"{reverse('contributions_ledger')}?{asked}"
    if len(tops) == 1:
        links["months"] = reverse("contributions_months", args=[tops[0].pk])
    return links


def readings_of(
    asked: Question, chosen: QueryDict
) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (str(label), changed(chosen, tree=reading), asked.tree is reading)
        for reading, label in READINGS
    )


def files_of(
    table: Table, chosen: QueryDict, kinds: Iterable[str] = KINDS
) -> dict[str, str]:
    """The addresses of a table's files, by their kind."""
    return {kind: changed(chosen, table=table.name, export=kind) for kind in kinds}


def changed(chosen: QueryDict, **parts: str) -> str:
    query = chosen.copy()
    for name, value in parts.items():
        query[name] = value
    return query.urlencode()


def _sums(report: Report) -> tuple[Sum, ...]:
    now, *others = report.totals
    compared = zip(report.question.compared, others, strict=True)
    return tuple(
        Sum(each.span.words, text_of(then), text_of(now - then, Shape.CHANGE))
        for each, then in compared
    )
