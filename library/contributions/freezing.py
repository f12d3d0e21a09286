"""Figures of a month that somebody signed: kept as they were, corrections shown beside.

What is frozen is what each unit had that month by the ledger of the day of signing, in
the tree of that month. The ledger goes on; where it later says otherwise for the month,
the difference is a correction. Nothing is unfrozen.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from library.contributions import rollup, spans, trend
from library.contributions.models import FrozenFigure, FrozenMonth, LedgerEntry
from library.contributions.rollup import Question, Reading, Report
from library.contributions.spans import Kind, Span
from library.units import names
from library.units.models import UnitPage

ACTION = "contributions.freeze"
MONTHS_SHOWN = 24


class NotFrozenError(Exception):
    """The month is not over, or its figures are frozen already."""


@dataclass(frozen=True)
class Month:
    """One month of a unit: what was signed, what the ledger says now."""

    span: Span
    now: int
    frozen: FrozenMonth | None
    signed: int | None

    @property
    def correction(self) -> int | None:
        return None if self.signed is None else self.now - self.signed


def freeze(unit: UnitPage, month: Span, by: User) -> FrozenMonth:
    today = timezone.localdate()
    if month.last >= today:
        raise NotFrozenError
    asked = Question(as_of=today, tree=Reading.THEN).of_span(month)
    report = rollup.report(asked).below(unit.code)
    signed = FrozenMonth(
        unit=unit,
        month=month.first,
        frozen_by=by,
        signed_by=names.shown(by),
    )
    try:
        with transaction.atomic():
            signed.save()
            FrozenFigure.objects.bulk_create(
                FrozenFigure(
                    frozen=signed, unit_id=row.pk, own=row.own, total=row.total
                )
                for row in report.units
            )
            data = {"month": month.code, "total": report.total}
            log(unit, ACTION, user=by, data=data)
    except IntegrityError as error:
        raise NotFrozenError from error
    return signed


def months_of(unit: UnitPage) -> list[Month]:
    """Those that are over since the first counted clip, the newest first."""
    today = timezone.localdate()
    first = LedgerEntry.objects.order_by("counted_from").first()
    if first is None:
        return []
    last = today.replace(day=1) - datetime.timedelta(days=1)
    begun = timezone.localdate(first.counted_from)
    since = max(begun, spans.months_before(last, MONTHS_SHOWN - 1))
    asked = Question(as_of=today, tree=Reading.THEN)
    counts = trend.counted(
        asked, spans.months(since, last), lambda report: report.below(unit.code)
    )
    frozen = {row.month: row for row in unit.frozen_months.all()}
    totals = dict(
        FrozenFigure.objects.filter(frozen__unit=unit, unit=unit).values_list(
            "frozen_id", "total"
        )
    )
    found = []
    for span, now in reversed(counts):
        row = frozen.get(span.first)
        found.append(Month(span, now, row, totals.get(row.pk) if row else None))
    return found


def signed_totals(report: Report) -> dict[int, int]:
    """By unit, what was signed for the month that the report is about.

    Of several who signed for a unit, the highest in the tree counts. In today's tree
    there is nothing to hold it against: then the sums are other ones.
    """
    asked = report.question
    span = asked.span
    if span is None or span.kind is not Kind.MONTH or asked.tree is not Reading.THEN:
        return {}
    shown = {row.pk for row in report.units}
    rows = FrozenFigure.objects.filter(frozen__month=span.first).order_by(
        "-frozen__unit__path"
    )
    return {
        unit: total
        for unit, total in rows.values_list("unit_id", "total")
        if unit in shown
    }
