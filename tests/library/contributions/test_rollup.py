"""Totals go up the tree as it was or as it is, and always sum to the same."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.clips.models import ClipKind
from library.contributions import rollup
from library.contributions.models import Campaign, LedgerEntry
from library.contributions.rollup import Reading, Report, UnitRow
from library.units.models import UnitPage, UnitParent
from tests.cast import Cast, unit
from tests.library.contributions.conftest import Count
from tests.tampering import rewritable

D2021 = datetime.date(2021, 1, 1)
BEFORE = datetime.date(2024, 3, 1)
MOVED = datetime.date(2025, 7, 1)
AFTER = datetime.date(2025, 9, 1)


def ask(tree: Reading = Reading.NOW, **more: object) -> Report:
    return rollup.report(rollup.question(tree=tree, **more))  # type: ignore[arg-type]


def row(report: Report, page: UnitPage) -> UnitRow:
    return next(each for each in report.units if each.code == page.code)


def dated(
    page: UnitPage,
    parent: UnitPage | None,
    first: datetime.date,
    until: datetime.date | None,
) -> None:
    UnitParent.objects.create(
        unit=page, parent=parent, valid_from=first, valid_until=until
    )


@pytest.fixture
def moved(cast: Cast) -> Cast:
    """School A went from Đồng Xoài to Bù Đăng in July 2025, in the tree and on paper."""
    UnitParent.objects.all().delete()
    dated(cast.province, None, D2021, None)
    dated(cast.district, cast.province, D2021, None)
    dated(cast.other_district, cast.province, D2021, None)
    dated(cast.school_b, cast.district, D2021, None)
    dated(cast.school_c, cast.other_district, D2021, None)
    dated(cast.school_a, cast.district, D2021, MOVED)
    dated(cast.school_a, cast.other_district, MOVED, None)
    UnitPage.objects.get(pk=cast.school_a.pk).move(
        UnitPage.objects.get(pk=cast.other_district.pk), pos="last-child"
    )
    UnitParent.objects.filter(unit=cast.school_a).exclude(
        valid_from__in=[D2021, MOVED]
    ).delete()
    UnitParent.objects.filter(unit=cast.school_a, valid_from=MOVED).update(
        valid_until=None
    )
    return cast


def test_a_total_counts_each_clip_of_the_subtree_once(
    cast: Cast, counted: Count
) -> None:
    counted(cast.school_a, BEFORE)
    counted(cast.school_a, BEFORE)
    counted(cast.school_c, BEFORE)
    counted(cast.district, BEFORE)
    report = ask()
    assert row(report, cast.school_a).own == 2
    assert (row(report, cast.district).own, row(report, cast.district).total) == (1, 3)
    assert row(report, cast.province).total == report.total == 4


def test_rows_come_in_tree_order_with_their_parents(cast: Cast) -> None:
    report = ask()
    assert [(each.code, each.parent, each.depth) for each in report.units] == [
        ("binh-phuoc", None, 0),
        ("dong-xoai", "binh-phuoc", 1),
        ("thpt-dong-xoai", "dong-xoai", 2),
        ("thpt-hung-vuong", "dong-xoai", 2),
        ("bu-dang", "binh-phuoc", 1),
        ("thpt-bu-dang", "bu-dang", 2),
    ]


def test_then_a_district_keeps_what_its_schools_brought(
    moved: Cast, counted: Count
) -> None:
    counted(moved.school_a, BEFORE)
    counted(moved.school_a, AFTER)
    then, now = ask(Reading.THEN), ask(Reading.NOW)
    assert row(then, moved.district).total == 1
    assert row(then, moved.other_district).total == 1
    assert row(now, moved.district).total == 0
    assert row(now, moved.other_district).total == 2
    assert then.total == now.total == 2
    assert row(then, moved.school_a).parent == "bu-dang"


def test_then_the_day_of_the_move_belongs_to_the_new_parent(
    moved: Cast, counted: Count
) -> None:
    counted(moved.school_a, MOVED - datetime.timedelta(days=1))
    counted(moved.school_a, MOVED)
    then = ask(Reading.THEN)
    assert row(then, moved.district).total == 1
    assert row(then, moved.other_district).total == 1


def test_then_shows_the_parents_of_the_day_asked_about(moved: Cast) -> None:
    then = ask(Reading.THEN, as_of=BEFORE)
    assert row(then, moved.school_a).parent == "dong-xoai"


def test_as_of_shows_the_ledger_as_it_stood(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, BEFORE, until=AFTER)
    assert ask(as_of=BEFORE - datetime.timedelta(days=1)).total == 0
    assert ask(as_of=BEFORE).total == 1
    assert ask(as_of=AFTER - datetime.timedelta(days=1)).total == 1
    assert ask(as_of=AFTER).total == 0


def test_a_window_counts_what_began_in_it(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, BEFORE)
    counted(cast.school_a, AFTER)
    assert ask(first=BEFORE, last=BEFORE).total == 1
    assert ask(first=MOVED).total == 1
    assert ask(last=MOVED).total == 1


def test_one_unit_and_all_below_it(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, BEFORE)
    counted(cast.school_c, BEFORE)
    below = ask().below("dong-xoai")
    assert [each.code for each in below.units] == [
        "dong-xoai",
        "thpt-dong-xoai",
        "thpt-hung-vuong",
    ]
    assert below.total == 1


def test_a_reader_of_two_units_gets_their_sum(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, BEFORE)
    counted(cast.school_b, BEFORE)
    counted(cast.school_c, BEFORE)
    paths = [UnitPage.objects.get(pk=u.pk).path for u in (cast.school_a, cast.school_c)]
    assert ask().within(paths).total == 2
    assert ask().within([]).total == 0


def test_targets_say_who_is_on_the_way(cast: Cast, counted: Count) -> None:
    campaign = Campaign.objects.create(
        name="Đợt",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2025, 12, 31),
    )
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=2)
    campaign.targets.create(unit=cast.school_b, clips=1)
    campaign.targets.create(unit=cast.district, clips=4)
    campaign.save()
    for page in (cast.school_a, cast.school_b, cast.school_b):
        counted(page, BEFORE)
    counted(cast.school_c, datetime.date(2023, 5, 5))  # before the campaign
    report = ask(as_of=datetime.date(2024, 12, 31))
    states = {
        each.code: (each.target, each.toward, each.state) for each in report.units
    }
    assert states == {
        "binh-phuoc": (None, None, None),
        "dong-xoai": (4, 3, "on_track"),
        "thpt-dong-xoai": (2, 1, "on_track"),
        "thpt-hung-vuong": (1, 2, "met"),
        "bu-dang": (None, None, None),
        "thpt-bu-dang": (2, 0, "behind"),
    }


def test_a_target_for_one_kind_counts_that_kind(cast: Cast, counted: Count) -> None:
    lecture = ClipKind.objects.create(code="bai-giang-thu", name="Bài giảng")
    skill = ClipKind.objects.create(code="ky-nang-thu", name="Kỹ năng")
    campaign = Campaign.objects.create(name="Đợt", starts_on=D2021, ends_on=AFTER)
    campaign.targets.create(unit=cast.school_a, clip_kind=lecture, clips=1)
    campaign.targets.create(unit=cast.school_a, clip_kind=skill, clips=2)
    campaign.save()
    for kind in (lecture, lecture, lecture, skill):
        counted(cast.school_a, BEFORE, kind=kind)
    found = row(ask(as_of=AFTER), cast.school_a)
    assert (found.target, found.toward, found.state) == (3, 2, "behind")


@pytest.mark.parametrize("tree", list(Reading))
def test_queries_do_not_grow_with_units_or_clips(
    cast: Cast, counted: Count, tree: Reading
) -> None:
    campaign = Campaign.objects.create(name="Đợt", starts_on=D2021, ends_on=AFTER)
    campaign.targets.create(unit=cast.school_a, clips=1)
    campaign.save()
    with CaptureQueriesContext(connection) as few:
        ask(tree)
    for number in range(5):
        page = unit(
            UnitPage.objects.get(pk=cast.district.pk), f"truong-{number}", "T", "school"
        )
        counted(page, BEFORE)
    with CaptureQueriesContext(connection) as many:
        ask(tree)
    assert len(many) == len(few) <= 5


def test_dated_rows_that_make_a_loop_lose_no_clip(cast: Cast, counted: Count) -> None:
    UnitParent.objects.all().delete()
    dated(cast.district, cast.school_a, D2021, None)
    dated(cast.school_a, cast.district, D2021, None)
    counted(cast.school_a, BEFORE)
    assert ask(Reading.THEN).total == 1


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    places=st.lists(st.tuples(st.integers(0, 5), st.dates(D2021, AFTER)), max_size=12),
    parents=st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 5), st.dates(D2021, AFTER)),
        max_size=8,
        unique_by=lambda each: (each[0], each[2]),
    ),
)
def test_both_readings_sum_to_the_same(
    cast: Cast,
    counted: Count,
    places: list[tuple[int, datetime.date]],
    parents: list[tuple[int, int, datetime.date]],
) -> None:
    pages = [
        cast.province,
        cast.district,
        cast.other_district,
        cast.school_a,
        cast.school_b,
        cast.school_c,
    ]
    UnitParent.objects.all().delete()
    with rewritable(LedgerEntry):
        LedgerEntry.objects.all().delete()
    for child, parent, day in parents:
        if child != parent:
            dated(pages[child], pages[parent], day, None)
    for place, day in places:
        counted(pages[place], day)
    then, now = ask(Reading.THEN), ask(Reading.NOW)
    assert {each.code: each.own for each in then.units} == {
        each.code: each.own for each in now.units
    }
    assert then.total == now.total == len(places)
