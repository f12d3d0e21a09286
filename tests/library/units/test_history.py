"""Names and parents of units keep their dates, whoever changes the tree."""

from __future__ import annotations

import datetime

import time_machine
from wagtail.models import Page, Revision

from library.units import history
from library.units.models import (
    Succession,
    UnitName,
    UnitPage,
    UnitParent,
    UnitSuccession,
)
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


def test_a_new_kind_closes_the_old_one_on_its_day(cast: Cast) -> None:
    before = cast.school_a.kind
    with time_machine.travel(SUMMER, tick=False):
        cast.school_a.kind = cast.district.kind
        cast.school_a.save()
    unit = cast.school_a.pk
    assert history.kinds_on(SPRING)[unit] == before.pk
    assert history.kinds_on(SUMMER)[unit] == cast.district.kind.pk


def ended(unit: UnitPage, *successors: UnitPage) -> UnitPage:
    unit.ended_on = SUMMER
    unit.save()
    for successor in successors:
        UnitSuccession.objects.create(
            old=unit, new=successor, on=SUMMER, kind=Succession.MERGE
        )
    return unit


def test_what_continues_a_unit_is_found_through_all_its_mergers(cast: Cast) -> None:
    first = ended(cast.school_a, cast.school_b)
    assert history.continuation(first) == cast.school_b
    ended(cast.school_b, cast.school_c)
    assert history.continuation(first) == cast.school_c


def test_a_split_is_continued_by_the_first_unit_named(cast: Cast) -> None:
    split = ended(cast.school_a, cast.school_c, cast.school_b)
    assert history.continuation(split) == cast.school_c


def test_nothing_continues_units_that_ended_into_each_other(cast: Cast) -> None:
    ended(cast.school_a, cast.school_b)
    ended(cast.school_b, cast.school_a)
    assert history.continuation(cast.school_a) is None


def test_an_older_draft_of_a_unit_does_not_raise_it_again(cast: Cast) -> None:
    draft = cast.school_a.save_revision()
    ended(UnitPage.objects.get(pk=cast.school_a.pk), cast.school_b)
    Revision.objects.get(pk=draft.pk).publish()
    assert UnitPage.objects.get(pk=cast.school_a.pk).ended_on == SUMMER
