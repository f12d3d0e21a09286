"""A month that is signed stays as it was; what the ledger says later is a correction."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageLogEntry

from library.contributions import freezing, rollup, spans
from library.contributions.models import FrozenFigure, LedgerEntry
from library.contributions.rollup import Reading, Report
from library.contributions.tree_table import tree_table
from library.units.models import UnitPage
from tests.cast import Cast
from tests.library.contributions.conftest import Count

OCTOBER = spans.month(2026, 10)
DAY = datetime.date(2026, 10, 9)


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-28T08:00:00Z", tick=False):
        yield


def district(cast: Cast) -> UnitPage:
    return UnitPage.objects.get(pk=cast.district.pk)


def withdrawn(row: LedgerEntry) -> None:
    row.withdrawn_from = timezone.now()
    row.save(update_fields=["withdrawn_from"])


def report(tree: Reading = Reading.THEN) -> Report:
    return rollup.report(rollup.question(tree=tree).of_span(OCTOBER))


def test_figures_of_the_unit_and_all_below_are_kept(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    counted(cast.school_c, DAY)
    signed = freezing.freeze(district(cast), OCTOBER, cast.an)
    figures = signed.figures.values_list("unit__code", "own", "total")
    assert set(figures) == {
        ("dong-xoai", 0, 1),
        ("thpt-dong-xoai", 1, 1),
        ("thpt-hung-vuong", 0, 0),
    }
    assert signed.signed_by == "An"


def test_what_changes_later_is_a_correction(cast: Cast, counted: Count) -> None:
    rows = [counted(cast.school_a, DAY), counted(cast.school_b, DAY)]
    freezing.freeze(district(cast), OCTOBER, cast.an)
    withdrawn(rows[0])
    counted(cast.school_b, DAY)
    counted(cast.school_b, DAY)
    (october,) = freezing.months_of(district(cast))
    assert (october.now, october.signed, october.correction) == (3, 2, 1)
    table = tree_table(report(), freezing.signed_totals(report()))
    cells = {row.cells[0]: row.cells[5:8] for row in table.rows}
    assert cells["dong-xoai"] == (3, 2, 1)
    assert cells["thpt-dong-xoai"] == (0, 1, -1)
    assert cells["thpt-hung-vuong"] == (3, 1, 2)
    assert cells["bu-dang"] == (0, None, None)


def test_a_month_is_signed_once_and_when_it_is_over(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    freezing.freeze(district(cast), OCTOBER, cast.an)
    for month in (OCTOBER, spans.month(2026, 11), spans.month(2026, 12)):
        with pytest.raises(freezing.NotFrozenError):
            freezing.freeze(district(cast), month, cast.an)
    assert FrozenFigure.objects.count() == 3


def test_of_two_signatures_the_higher_units_counts(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    freezing.freeze(district(cast), OCTOBER, cast.an)
    counted(cast.school_a, DAY)
    province = UnitPage.objects.get(pk=cast.province.pk)
    freezing.freeze(province, OCTOBER, cast.an)
    totals = freezing.signed_totals(report())
    assert (totals[cast.school_a.pk], totals[cast.district.pk]) == (2, 2)


def test_only_a_month_in_the_tree_of_the_time_has_corrections(
    cast: Cast, counted: Count
) -> None:
    counted(cast.school_a, DAY)
    freezing.freeze(district(cast), OCTOBER, cast.an)
    assert freezing.signed_totals(report(Reading.NOW)) == {}
    quarter = rollup.question(tree=Reading.THEN).of_span(spans.quarter(2026, 4))
    assert freezing.signed_totals(rollup.report(quarter)) == {}
    part = report().below("bu-dang")
    assert freezing.signed_totals(part) == {}


def test_months_are_listed_since_the_first_clip_newest_first(
    cast: Cast, counted: Count
) -> None:
    assert freezing.months_of(district(cast)) == []
    counted(cast.school_a, datetime.date(2026, 8, 31))
    months = freezing.months_of(district(cast))
    assert [(m.span.code, m.now, m.correction) for m in months] == [
        ("month-2026-10", 0, None),
        ("month-2026-9", 0, None),
        ("month-2026-8", 1, None),
    ]


def test_signing_is_in_the_log(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    freezing.freeze(district(cast), OCTOBER, cast.an)
    entry = PageLogEntry.objects.get(action=freezing.ACTION)
    assert (entry.user, entry.data) == (cast.an, {"month": "month-2026-10", "total": 1})
