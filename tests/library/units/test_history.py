"""Names and parents of units keep their dates, whoever changes the tree."""

from __future__ import annotations

import datetime

import time_machine
from wagtail.models import Page

from library.units import history
from library.units.models import UnitName, UnitPage, UnitParent
from tests.cast import Cast

SPRING = datetime.date(2031, 3, 1)
SUMMER = datetime.date(2031, 7, 1)


def test_a_founding_writes_the_first_name_and_parent(cast: Cast) -> None:
    assert cast.school_a.names.get().name == "Đoàn trường THPT Đồng Xoài"
    assert cast.school_a.parents.get().parent == cast.district
    assert cast.province.parents.get().parent is None


def test_a_new_name_closes_the_old_one_on_its_day(cast: Cast) -> None:
    with time_machine.travel(SUMMER, tick=False):
        cast.school_a.title = "Đoàn trường THPT Nguyễn Du"
        cast.school_a.save_revision().publish()
    unit = cast.school_a.pk
    assert history.names_on(SPRING)[unit] == "Đoàn trường THPT Đồng Xoài"
    assert history.names_on(SUMMER)[unit] == "Đoàn trường THPT Nguyễn Du"


def test_saving_without_a_change_writes_nothing(cast: Cast) -> None:
    before = UnitName.objects.count(), UnitParent.objects.count()
    with time_machine.travel(SUMMER, tick=False):
        UnitPage.objects.get(pk=cast.school_a.pk).save()
    assert (UnitName.objects.count(), UnitParent.objects.count()) == before


def test_a_name_changed_twice_on_a_day_is_only_corrected(cast: Cast) -> None:
    with time_machine.travel(SUMMER, tick=False):
        for title in ("Đoàn trừong", "Đoàn trường"):
            cast.school_a.title = title
            cast.school_a.save()
    assert [row.name for row in cast.school_a.names.all()] == [
        "Đoàn trường THPT Đồng Xoài",
        "Đoàn trường",
    ]


def test_a_move_by_a_base_page_gives_a_new_parent_from_its_day(cast: Cast) -> None:
    with time_machine.travel(SUMMER, tick=False):
        page = Page.objects.get(pk=cast.school_a.pk)
        page.move(cast.other_district, pos="last-child")
    unit = cast.school_a.pk
    assert history.parents_on(SPRING)[unit] == cast.district.pk
    assert history.parents_on(SUMMER)[unit] == cast.other_district.pk


def test_the_tree_of_a_day_before_the_founding_does_not_hold_the_unit(
    cast: Cast,
) -> None:
    assert cast.school_a.pk not in history.parents_on(datetime.date(1997, 1, 1))
