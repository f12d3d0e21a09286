"""Reorganisations applied, at once or on their day, refused as a whole, and undone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from library import indexing
from library.clips.models import ClipPage
from library.reorganising import applying
from library.reorganising.applying import RefusedError
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation, State
from library.units import history
from library.units.models import (
    UnitKindSpell,
    UnitName,
    UnitPage,
    UnitParent,
    UnitSuccession,
)
from library.units.permissions import Right, may
from media_pipeline.jobs.models import Job
from tests.cast import Cast, unit
from tests.factories import published_clip
from tests.library.reorganising.conftest import JULY, NOW
from tests.library.reorganising.test_rows import tree

pytestmark = pytest.mark.usefixtures("in_september")


def line(number: int, code: str, on: datetime.date = JULY, **asks: Any) -> Line:
    return Line(number=number, code=code, on=on, **asks)


def plan(cast: Cast, *lines: Line) -> Reorganisation:
    made = Reorganisation(name="Sắp xếp", on=lines[0].on, made_by=cast.an)
    made.asked = list(lines)
    made.save()
    return made


def merger(cast: Cast) -> Reorganisation:
    """The district ends, one school goes elsewhere, a commune is founded for the other."""
    return plan(
        cast,
        line(1, "dong-xoai", ends=True),
        line(2, "thpt-dong-xoai", parent="bu-dang", name="Trường mới tên"),
        line(
            3,
            "phuong",
            founds=True,
            name="Phường",
            kind="district",
            parent="binh-phuoc",
        ),
        line(4, "thpt-hung-vuong", parent="phuong", kind="district"),
    )


Rows = tuple[list[tuple[Any, ...]], ...]


def dated_rows() -> Rows:
    """Every dated row but its id, and the tree with the pages' own fields."""
    fields = ("unit__code", "valid_from", "valid_until")
    pages = UnitPage.objects.order_by("path")
    return (
        sorted(UnitName.objects.values_list("name", *fields), key=str),
        sorted(UnitKindSpell.objects.values_list("kind__code", *fields), key=str),
        sorted(UnitParent.objects.values_list("parent__code", *fields), key=str),
        sorted(UnitSuccession.objects.values_list("old", "new", "kind", "on")),
        list(pages.values_list("code", "title", "kind", "ended_on", "depth")),
        list(tree()),
    )


def test_what_is_past_is_written_with_its_day(aged: Cast) -> None:
    row = merger(aged)
    assert applying.apply(row, aged.an) == State.APPLIED
    school, june = aged.school_a.pk, JULY - datetime.timedelta(days=1)
    assert history.parents_on(june)[school] == aged.district.pk
    assert history.parents_on(JULY)[school] == aged.other_district.pk
    assert history.names_on(JULY)[school] == "Trường mới tên"
    assert ("thpt-hung-vuong", "phuong") in tree()
    assert ("dong-xoai", "binh-phuoc") in tree()
    district = UnitPage.objects.get(code="dong-xoai")
    assert district.ended_on == JULY
    assert history.continuation(district) == aged.province
    row.refresh_from_db()
    assert (row.applied_by, row.applied_at) == (aged.an, timezone.now())


def test_undoing_gives_back_the_tree_and_the_rows(aged: Cast) -> None:
    before = dated_rows()
    row = merger(aged)
    applying.apply(row, aged.an)
    assert dated_rows() != before
    applying.undo(row, aged.an)
    assert dated_rows() == before
    row.refresh_from_db()
    assert (row.state, row.undone_by) == (State.UNDONE, aged.an)


def test_one_wrong_line_and_nothing_is_applied(aged: Cast) -> None:
    row = plan(
        aged,
        line(1, "thpt-dong-xoai", parent="bu-dang"),
        line(2, "khong-co", parent="bu-dang"),
    )
    before = dated_rows()
    with pytest.raises(RefusedError) as refused:
        applying.apply(row, aged.an)
    assert [problem.line for problem in refused.value.problems] == [2]
    assert dated_rows() == before
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_what_is_to_come_waits_for_its_day(aged: Cast) -> None:
    row = plan(
        aged, line(1, "thpt-dong-xoai", datetime.date(2031, 12, 1), parent="bu-dang")
    )
    assert applying.apply(row, aged.an) == State.WAITING
    assert applying.due() == 0
    assert ("thpt-dong-xoai", "dong-xoai") in tree()
    with time_machine.travel(NOW + datetime.timedelta(days=91), tick=False):
        assert applying.due() == 1
        assert applying.due() == 0
    assert ("thpt-dong-xoai", "bu-dang") in tree()
    row.refresh_from_db()
    assert (row.state, row.applied_by) == (State.APPLIED, aged.an)


def test_what_became_impossible_is_a_draft_again_on_its_day(aged: Cast) -> None:
    later = datetime.date(2031, 12, 1)
    row = plan(aged, line(1, "thpt-dong-xoai", later, parent="bu-dang"))
    applying.apply(row, aged.an)
    applying.apply(plan(aged, line(1, "bu-dang", ends=True)), aged.an)
    with time_machine.travel(NOW + datetime.timedelta(days=91), tick=False):
        assert applying.due() == 0
    row.refresh_from_db()
    assert row.state == State.DRAFT
    assert "Bù Đăng" in row.trouble


def test_what_waits_can_be_recalled_and_what_is_done_cannot(aged: Cast) -> None:
    row = plan(
        aged, line(1, "thpt-dong-xoai", datetime.date(2031, 12, 1), parent="bu-dang")
    )
    applying.apply(row, aged.an)
    applying.recall(row, aged.an)
    row.refresh_from_db()
    assert row.state == State.DRAFT
    with pytest.raises(RefusedError):
        applying.recall(row, aged.an)
    with pytest.raises(RefusedError):
        applying.undo(row, aged.an)


def test_nothing_is_applied_or_undone_twice(aged: Cast) -> None:
    row = merger(aged)
    applying.apply(row, aged.an)
    with pytest.raises(RefusedError):
        applying.apply(row, aged.an)
    applying.undo(row, aged.an)
    with pytest.raises(RefusedError):
        applying.undo(row, aged.an)


def test_what_stands_on_it_by_now_keeps_it_from_being_undone(aged: Cast) -> None:
    first = plan(aged, line(1, "thpt-dong-xoai", parent="bu-dang"))
    applying.apply(first, aged.an)
    second = plan(
        aged, line(1, "thpt-dong-xoai", datetime.date(2031, 8, 1), parent="binh-phuoc")
    )
    applying.apply(second, aged.an)
    with pytest.raises(RefusedError) as refused:
        applying.undo(first, aged.an)
    assert "Đồng Xoài" in str(refused.value)
    applying.undo(second, aged.an)
    applying.undo(first, aged.an)
    assert ("thpt-dong-xoai", "dong-xoai") in tree()


def test_a_founded_unit_with_units_of_its_own_is_not_taken_back(aged: Cast) -> None:
    row = merger(aged)
    applying.apply(row, aged.an)
    unit(UnitPage.objects.get(code="phuong"), "lop", "Lớp", "school")
    before = dated_rows()
    with pytest.raises(RefusedError):
        applying.undo(row, aged.an)
    assert dated_rows() == before


def test_the_search_hears_of_every_clip_below_by_a_job(aged: Cast) -> None:
    clip = published_clip(aged.school_b, aged.hoa, aged.an)
    Job.objects.all().delete()
    applying.apply(merger(aged), aged.an)
    job = Job.objects.get()  # of the request itself: one, whatever the number of clips
    assert indexing.find_below(job) == {"clips": 1}
    assert Job.objects.filter(key=f"index/{clip.pk}").exists()


def test_rights_follow_the_new_place_and_the_clips_address_stays(aged: Cast) -> None:
    clip = published_clip(aged.school_a, aged.lan, aged.an)
    address, page = clip.url, Client().get(clip.url)
    assert page.status_code == 200
    assert may(aged.minh, Right.REVIEW_CLIPS, clip)
    row = plan(aged, line(1, "thpt-dong-xoai", parent="bu-dang"))
    applying.apply(row, aged.an)
    clip = ClipPage.objects.get(pk=clip.pk)
    assert not may(aged.minh, Right.REVIEW_CLIPS, clip)
    assert may(aged.lan, Right.CHANGE_CLIPS, clip)
    assert clip.url == address
    assert Client().get(address).status_code == 200
    applying.undo(row, aged.an)
    assert may(aged.minh, Right.REVIEW_CLIPS, ClipPage.objects.get(pk=clip.pk))


def test_it_is_not_undone_into_what_moved_below_it_since(aged: Cast) -> None:
    first = plan(aged, line(1, "thpt-dong-xoai", parent="binh-phuoc"))
    applying.apply(first, aged.an)
    later = datetime.date(2031, 8, 1)
    applying.apply(
        plan(aged, line(1, "dong-xoai", later, parent="thpt-dong-xoai")), None
    )
    before = dated_rows()
    with pytest.raises(RefusedError):
        applying.undo(first, aged.an)
    assert dated_rows() == before
