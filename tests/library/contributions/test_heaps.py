"""One query sums the ledger, in the order of its index, window by window."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.clips.models import ClipKind
from library.contributions import heaps, trees
from library.contributions.heaps import Heap, gather
from library.contributions.trees import Period
from library.units.models import UnitPage, UnitParent
from tests.cast import Cast
from tests.library.contributions.conftest import Count

TODAY = datetime.date(2026, 11, 28)
EARLY, LATE = datetime.date(2025, 3, 1), datetime.date(2026, 3, 1)
ALL = (None, None)
YEAR = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


def now() -> tuple[Period, ...]:
    return (Period(None, None, trees.tree_now(trees.units())),)


def test_each_window_has_its_count(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, EARLY)
    counted(cast.school_a, LATE)
    (heap,) = gather(TODAY, [ALL, YEAR], now())
    assert (heap.owners, heap.counts) == ((cast.school_a.pk,), (2, 1))
    assert heap.chain == (cast.school_a.pk, cast.district.pk, cast.province.pk)


def test_what_no_window_wants_makes_no_heap(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, EARLY)
    assert gather(TODAY, [YEAR], now()) == ()


def test_kinds_are_told_apart_only_where_that_is_asked(
    cast: Cast, counted: Count
) -> None:
    for code in ("bai-giang-thu", "ky-nang-thu"):
        counted(cast.school_a, LATE, kind=ClipKind.objects.create(code=code, name=code))
    assert len(gather(TODAY, [ALL], now())) == 2
    (heap,) = gather(TODAY, [ALL], now(), by_kind=False)
    assert (heap.kind, heap.counts) == (None, (2,))


@pytest.fixture
def moved(cast: Cast) -> list[Period]:
    """School A was Bù Đăng's until 2026."""
    UnitParent.objects.all().delete()
    school = UnitPage.objects.get(pk=cast.school_a.pk)
    UnitParent.objects.create(
        unit=school,
        parent=cast.other_district,
        valid_from=datetime.date(2021, 1, 1),
        valid_until=YEAR[0],
    )
    return trees.Trees(trees.units()).periods()


def above(found: tuple[Heap, ...]) -> list[tuple[int, tuple[int, ...]]]:
    return [(heap.chain[1], heap.counts) for heap in found]


def test_each_row_goes_up_the_tree_of_its_day(
    cast: Cast, counted: Count, moved: list[Period]
) -> None:
    counted(cast.school_a, EARLY)
    counted(cast.school_a, LATE)
    expected = [(cast.other_district.pk, (1, 0)), (cast.district.pk, (1, 1))]
    assert above(gather(TODAY, [ALL, YEAR], moved)) == expected


def test_hundreds_of_periods_are_asked_for_in_turns(
    cast: Cast, counted: Count, moved: list[Period], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(cast.school_a, EARLY)
    counted(cast.school_a, LATE)
    at_once = gather(TODAY, [ALL, YEAR], moved)
    monkeypatch.setattr(heaps, "COUNTS_AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        assert gather(TODAY, [ALL, YEAR], moved) == at_once
    assert len(queries) == len(moved) == 3


def test_units_that_never_stood_elsewhere_make_no_period(cast: Cast) -> None:
    assert UnitParent.objects.exists()
    assert len(trees.Trees(trees.units()).periods()) == 1


def test_the_index_alone_is_read(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, LATE)
    with CaptureQueriesContext(connection) as queries:
        gather(TODAY, [ALL, YEAR], now(), by_kind=False)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + queries[-1]["sql"])
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "COVERING INDEX ledger_sums" in plan
        assert "TEMP B-TREE" not in plan
