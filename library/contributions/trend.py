"""What came month by month, in the same reading of the tree as the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from library.contributions import rollup, spans
from library.contributions.rollup import Comparison, Question, Report
from library.contributions.spans import Against, Span
from library.contributions.tables import Column, Row, Shape, Table

MONTHS = 12
Part = Callable[[Report], Report]


def months_of(asked: Question) -> list[Span]:
    """The twelve that end with the period asked about, or with what has gone by of it."""
    last = min(asked.last or asked.as_of, asked.as_of)
    if last.year - 1 not in spans.YEARS:
        return []
    return spans.months(spans.months_before(last, MONTHS - 1), last)


def trend(asked: Question, part: Part) -> list[tuple[Span, int]]:
    """Each month with what the part of the tree brought; one report for all of them."""
    return counted(asked, months_of(asked), part)


def counted(asked: Question, months: list[Span], part: Part) -> list[tuple[Span, int]]:
    if not months:
        return []
    compared = tuple(Comparison(Against.BEFORE, month) for month in months)
    question = replace(
        asked,
        first=months[0].first,
        last=months[-1].last,
        span=None,
        campaign=None,
        compared=compared,
    )
    _all, *counts = part(rollup.report(question)).totals
    return list(zip(months, counts, strict=True))


def trend_table(counts: list[tuple[Span, int]]) -> Table:
    return Table(
        name="theo-thang",
        title=_("Counted clips by month"),
        columns=(
            Column(_("Month"), width=24),
            Column(_("Clips"), Shape.NUMBER, 10),
        ),
        rows=tuple(Row((month.name, clips)) for month, clips in counts),
        total=(_("Together"), sum(clips for _month, clips in counts)),
    )
