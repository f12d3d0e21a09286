"""States of units read from the database and written to it: pages, tree, dated rows."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from library.contributions.models import Campaign, Target
from library.reorganising import rows
from library.reorganising.states import UnitState, followed, founded
from library.units import history
from library.units.models import UnitPage, UnitParent
from tests.cast import Cast, unit

JULY = datetime.date(2035, 7, 1)


def moved(state: UnitState, to: str) -> UnitState:
    return replace(state, parents=followed(state.parents, to, JULY))


def tree() -> list[tuple[str, str]]:
    """Codes in the order of the tree, each with that of its parent."""
    units = list(UnitPage.objects.order_by("path"))
    at = {each.path: each.code for each in units}
    return [(each.code, at.get(each.path[:-4], "")) for each in units]


def test_the_chart_has_every_unit_with_its_rows(cast: Cast) -> None:
    chart = rows.chart()
    assert list(chart) == [code for code, _ in tree()]
    school = chart["thpt-dong-xoai"]
    assert (school.name, school.kind) == ("Đoàn trường THPT Đồng Xoài", "school")
    assert school.parent == "dong-xoai"
    assert chart["binh-phuoc"].parent == ""


def test_it_takes_five_queries_for_any_number(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        rows.chart()


def test_writing_what_was_read_changes_nothing(cast: Cast) -> None:
    before = list(UnitParent.objects.values_list("pk", flat=True)), tree()
    rows.write(rows.chart(), cast.an)
    assert (list(UnitParent.objects.values_list("pk", flat=True)), tree()) == before


def test_a_written_move_is_in_the_tree_and_in_the_rows(cast: Cast) -> None:
    state = moved(rows.chart()["thpt-dong-xoai"], "bu-dang")
    rows.write({state.code: state}, cast.an)
    assert ("thpt-dong-xoai", "bu-dang") in tree()
    assert rows.chart()["thpt-dong-xoai"] == state
    assert history.parents_on(JULY)[cast.school_a.pk] == cast.other_district.pk


def test_two_that_change_places_are_moved_top_down(cast: Cast) -> None:
    """bu-dang goes below a school of dong-xoai, dong-xoai below what was bu-dang's."""
    chart = rows.chart()
    wanted = [
        moved(chart["dong-xoai"], "thpt-bu-dang"),
        moved(chart["thpt-bu-dang"], "binh-phuoc"),
        moved(chart["bu-dang"], "thpt-dong-xoai"),
    ]
    rows.write({state.code: state for state in wanted}, cast.an)
    assert dict(tree()) == {
        "binh-phuoc": "",
        "thpt-bu-dang": "binh-phuoc",
        "dong-xoai": "thpt-bu-dang",
        "thpt-dong-xoai": "dong-xoai",
        "thpt-hung-vuong": "dong-xoai",
        "bu-dang": "thpt-dong-xoai",
    }
    assert Page.find_problems() == ([], [], [], [], [])


def test_units_are_founded_below_others_that_are_founded(cast: Cast) -> None:
    states = [
        founded("xa-moi", "Xã đoàn mới", "district", "tinh-moi", JULY),
        founded("tinh-moi", "Tỉnh đoàn mới", "province", "", JULY),
    ]
    rows.write({state.code: state for state in states}, cast.an)
    assert ("xa-moi", "tinh-moi") in tree()
    assert rows.chart()["xa-moi"].born == JULY


def test_a_draft_older_than_the_change_is_left_behind(cast: Cast) -> None:
    cast.school_a.title = "Tên trong bản nháp"
    cast.school_a.save_revision()
    state = rows.chart()["thpt-dong-xoai"]
    changed = replace(state, names=followed(state.names, "Tên mới", JULY))
    rows.write({state.code: changed}, cast.an)
    page = UnitPage.objects.get(pk=cast.school_a.pk)
    assert page.title == "Tên mới"
    assert page.get_latest_revision_as_object().title == "Tên mới"


def test_the_order_among_siblings_is_given_back(cast: Cast) -> None:
    unit(cast.district, "thpt-thu-ba", "Trường thứ ba", "school")
    before, elders, chart = tree(), rows.elders(), rows.chart()
    gone = {
        code: moved(chart[code], "bu-dang")
        for code in ("thpt-dong-xoai", "thpt-hung-vuong")
    }
    rows.write(gone, cast.an)
    assert tree() != before
    back = {code: chart[code] for code in gone}
    rows.write(back, cast.an, {code: elders[code] for code in gone})
    assert tree() == before


@pytest.mark.parametrize("by", ["member", "target", "child", "series"])
def test_what_hangs_on_a_unit_keeps_it_in_use(cast: Cast, by: str) -> None:
    made = unit(cast.district, "thpt-moi", "Trường mới", "school")
    assert not rows.in_use(made)
    if by == "child":
        unit(made, "chi-doan", "Chi đoàn", "school")
    elif by == "member":
        made.memberships.create(user=cast.nam, role="admin", valid_from=JULY)
    elif by == "series":
        made.series.create(title="Chuỗi", slug="chuoi")
    else:
        campaign = Campaign.objects.create(name="Đợt", starts_on=JULY, ends_on=JULY)
        Target.objects.create(campaign=campaign, unit=made, clips=1)
    assert rows.in_use(UnitPage.objects.get(pk=made.pk))


def test_what_is_not_in_use_is_deleted_bottom_up_and_the_rest_is_named(
    cast: Cast,
) -> None:
    made = unit(cast.district, "cum-moi", "Cụm mới", "school")
    unit(made, "lop-moi", "Lớp mới", "school")
    codes = ["cum-moi", "lop-moi", "thpt-dong-xoai"]
    assert rows.delete_unused(codes, cast.an) == ["Đoàn trường THPT Đồng Xoài"]
    assert not UnitPage.objects.filter(code__in=codes[:2]).exists()
