"""The lines played over the units: what each sort of change does, day after day."""

from __future__ import annotations

import datetime

from library.reorganising.states import Spell
from tests.library.reorganising.charts import BORN, JULY, line, played, tree

MAY = datetime.date(2026, 5, 1)


def test_a_move_gives_a_new_parent_from_its_day() -> None:
    outcome = played(line(1, "truong-a", parent="bu-dang"))
    assert outcome.problems == ()
    assert outcome.after["truong-a"].parents == (
        Spell("dong-xoai", BORN, JULY),
        Spell("bu-dang", JULY),
    )
    assert set(outcome.after) == {"truong-a"}


def test_name_and_kind_change_in_one_line() -> None:
    outcome = played(line(1, "bu-dang", name="Thị đoàn Bù Đăng", kind="commune"))
    unit = outcome.after["bu-dang"]
    assert (unit.name, unit.kind, unit.parent) == (
        *("Thị đoàn Bù Đăng", "commune"),
        "binh-phuoc",
    )


def test_a_merged_unit_goes_below_its_successor_with_what_is_below_it() -> None:
    outcome = played(line(1, "dong-xoai", successors=("bu-dang",), ends=True))
    ended = outcome.after["dong-xoai"]
    assert (ended.ended_on, ended.became, ended.parent) == (JULY, "merge", "bu-dang")
    assert outcome.after["truong-a"].parent == "bu-dang"
    assert outcome.after["truong-b"].parent == "bu-dang"


def test_a_dissolved_unit_is_kept_by_the_nearest_one_above() -> None:
    outcome = played(line(1, "dong-xoai", ends=True))
    ended = outcome.after["dong-xoai"]
    assert (ended.became, ended.successors) == ("dissolve", ("binh-phuoc",))
    assert outcome.after["truong-a"].parent == "binh-phuoc"


def test_or_by_the_one_that_is_named() -> None:
    outcome = played(line(1, "dong-xoai", ends=True, parent="bu-dang"))
    assert outcome.after["dong-xoai"].parent == "bu-dang"
    assert outcome.after["truong-b"].parent == "bu-dang"


def test_a_province_that_is_merged_while_its_districts_end_takes_all_along() -> None:
    outcome = played(
        line(1, "binh-phuoc", successors=("dong-nai",), ends=True),
        line(2, "dong-xoai", ends=True),
        line(3, "bu-dang", ends=True),
    )
    assert outcome.problems == ()
    assert {code: unit.parent for code, unit in outcome.after.items()} == dict.fromkeys(
        outcome.after, "dong-nai"
    )
    assert outcome.after["dong-xoai"].successors == ("dong-nai",)


def test_what_a_line_moves_does_not_go_along() -> None:
    outcome = played(
        line(1, "dong-xoai", ends=True), line(2, "truong-a", parent="bu-dang")
    )
    assert outcome.after["truong-a"].parent == "bu-dang"
    assert outcome.after["truong-b"].parent == "binh-phuoc"


def test_a_split_unit_stays_above_while_its_parts_are_named() -> None:
    outcome = played(
        line(1, "moi", founds=True, name="Mới", kind="district", parent="binh-phuoc"),
        line(2, "dong-xoai", successors=("moi", "bu-dang"), ends=True),
        line(3, "truong-a", parent="moi"),
    )
    ended = outcome.after["dong-xoai"]
    assert (ended.became, ended.successors) == ("split", ("moi", "bu-dang"))
    assert ended.parent == "binh-phuoc"
    assert outcome.before["moi"] is None


def test_one_founded_to_follow_another_alone_is_the_same_under_another_code() -> None:
    founding = line(
        1, "moi", founds=True, name="Mới", kind="district", parent="binh-phuoc"
    )
    alone = played(founding, line(2, "dong-xoai", successors=("moi",), ends=True))
    assert alone.after["dong-xoai"].became == "rename"
    both = played(
        founding,
        line(2, "dong-xoai", successors=("moi",), ends=True),
        line(3, "bu-dang", successors=("moi",), ends=True),
    )
    assert both.after["bu-dang"].became == both.after["dong-xoai"].became == "merge"


def test_days_are_played_in_their_order_whatever_that_of_the_lines() -> None:
    outcome = played(
        line(1, "truong-a", MAY, parent="dong-xoai"),
        line(2, "truong-a", parent="bu-dang"),
    )
    assert [spell.value for spell in outcome.after["truong-a"].parents] == [
        *("dong-xoai", "bu-dang", "dong-xoai")
    ]


def test_units_that_ended_before_stay_below_the_one_that_ends_now() -> None:
    first = played(line(1, "truong-a", successors=("truong-b",), ends=True))
    then = played(
        line(1, "truong-b", MAY, successors=("truong-c",), ends=True),
        chart={**tree(), **first.after},
    )
    assert then.problems == ()
    assert set(then.after) == {"truong-b"}
