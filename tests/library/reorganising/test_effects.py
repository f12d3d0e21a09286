"""The dry run: which units, people, clips and targets a reorganisation would touch."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from library.contributions.models import Campaign, Target
from library.reorganising import roles, rows
from library.reorganising.checking import outcome_of
from library.reorganising.effects import Effects, done_by, effects_of
from library.reorganising.lines import Line
from library.units.models import UnitKind
from tests.cast import Cast
from tests.factories import playable_clip, published_clip

DAY = datetime.date(2035, 7, 1)


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def line(number: int, code: str, **asks: Any) -> Line:
    return Line(number=number, code=code, on=DAY, **asks)


def told(*lines: Line) -> Effects:
    chart = rows.chart()
    kinds = UnitKind.objects.values_list("code", flat=True)
    outcome = outcome_of(lines, chart, kinds, DAY)
    assert outcome.problems == ()
    return effects_of(outcome, lines, chart)


def test_each_change_of_a_unit_is_said(cast: Cast) -> None:
    effects = told(
        line(1, "dong-xoai", ends=True),
        line(2, "thpt-dong-xoai", parent="bu-dang", name="Tên mới", kind="district"),
        line(3, "moi", founds=True, name="Mới", kind="district", parent="binh-phuoc"),
    )
    words = {unit.code: " | ".join(unit.words) for unit in effects.units}
    assert "dissolved" in words["dong-xoai"]
    assert words["thpt-dong-xoai"] == (
        "new name: “Tên mới” | kind: school → district | "
        "moves: “Thành đoàn Đồng Xoài” → “Huyện đoàn Bù Đăng”"
    )
    assert "founded" in words["moi"]
    assert [(group.title, len(group.units)) for group in effects.groups] == [
        ("Units that end", 1),
        ("Units that change", 1),
        ("Units that are founded", 1),
        ("Units that go along", 1),
    ]


@pytest.mark.parametrize(
    ("into", "words"),
    [
        (("bu-dang",), "merged into “Huyện đoàn Bù Đăng”"),
        (("bu-dang", "thpt-bu-dang"), "split into “Huyện đoàn Bù Đăng”, “Đoàn"),
    ],
)
def test_an_end_is_said_with_what_continues_it(
    cast: Cast, into: tuple[str, ...], words: str
) -> None:
    effects = told(line(1, "dong-xoai", successors=into, ends=True))
    assert words in effects.units[0].words[0]


def test_clips_below_are_counted_once_drafts_too(cast: Cast) -> None:
    published_clip(cast.school_a, cast.lan, cast.an, "Một")
    playable_clip(cast.school_b, cast.hoa, "Hai")
    playable_clip(cast.school_c, cast.bao, "Ba")
    effects = told(line(1, "dong-xoai", ends=True))
    assert effects.units[0].clips == 2
    assert effects.clips == 2
    assert told(line(1, "dong-xoai", name="Tên")).clips == 0


def test_people_who_reach_other_units_afterwards_are_named(cast: Cast) -> None:
    effects = told(line(1, "thpt-dong-xoai", parent="bu-dang"))
    assert [
        (one.account, one.role, one.loses, one.gains) for one in effects.people
    ] == [("minh", "curator", "Đoàn trường THPT Đồng Xoài", "")]
    assert told(line(1, "thpt-dong-xoai", name="Tên")).people == ()


def test_people_whom_a_role_follows_are_named_with_what_they_reach_by_it(
    cast: Cast,
) -> None:
    lines = [line(1, "thpt-dong-xoai", ends=True, successors=("dong-xoai",))]
    chart = rows.chart()
    kinds = UnitKind.objects.values_list("code", flat=True)
    outcome = outcome_of(lines, chart, kinds, DAY)
    gifts = roles.going_along(outcome, chart, cast.an)
    (lan,) = effects_of(outcome, lines, chart, gifts).people
    assert (lan.account, lan.role, lan.unit) == (
        "lan",
        "contributor",
        "Thành đoàn Đồng Xoài",
    )
    assert (lan.gains, lan.loses, lan.is_given) == ("Thành đoàn Đồng Xoài", "", True)
    assert effects_of(outcome, lines, chart).people == ()


def test_targets_of_units_that_end_and_of_kinds_that_lose_units_are_told(
    cast: Cast,
) -> None:
    campaign = Campaign.objects.create(name="Đợt 100", starts_on=DAY, ends_on=DAY)
    for more in ({"unit": cast.district}, {"unit_kind": cast.district.kind}):
        Target.objects.create(campaign=campaign, clips=7, **more)
    Target.objects.create(campaign=campaign, clips=1, unit=cast.school_a)
    ends, kinds = told(line(1, "dong-xoai", ends=True)).targets
    assert "7 clips stays with “Thành đoàn Đồng Xoài”" in ends
    assert "1 instead of 2" in kinds


def test_it_takes_as_many_queries_for_few_units_as_for_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chart = rows.chart()
    kinds = list(UnitKind.objects.values_list("code", flat=True))
    few = [line(1, "thpt-dong-xoai", parent="bu-dang")]
    many = [
        *few,
        line(2, "thpt-hung-vuong", parent="bu-dang"),
        line(3, "dong-xoai", ends=True),
    ]
    for lines in (few, many):
        outcome = outcome_of(lines, chart, kinds, DAY)
        with django_assert_num_queries(5):
            effects_of(outcome, lines, chart)


def test_what_was_done_is_told_as_it_was(cast: Cast) -> None:
    asked = [line(1, "thpt-dong-xoai", parent="bu-dang")]
    chart = rows.chart()
    kinds = UnitKind.objects.values_list("code", flat=True)
    outcome = outcome_of(asked, chart, kinds, DAY)
    now = {**chart, **outcome.after}
    assert done_by(outcome, asked, now).units[0].words == (
        "moves: “Thành đoàn Đồng Xoài” → “Huyện đoàn Bù Đăng”",
    )
