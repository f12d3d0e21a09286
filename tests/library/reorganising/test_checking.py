"""The whole is refused where one line is wrong, each with its reason; nothing half done."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from library.reorganising.lines import Line
from tests.library.reorganising.charts import JULY, TODAY, line, played, reasons, tree

MAY = datetime.date(2026, 5, 1)
SOON = datetime.date(2027, 1, 1)


def moved(code: str, parent: str, on: datetime.date = JULY, number: int = 1) -> Line:
    return line(number, code, on, parent=parent)


def merged(code: str, *into: str, on: datetime.date = JULY, number: int = 1) -> Line:
    return line(number, code, on, successors=into, ends=True)


def new(code: str, on: datetime.date = JULY, number: int = 9, **more: str) -> Line:
    asks = {"name": "Mới", "kind": "district", "parent": "binh-phuoc", **more}
    return line(number, code, on, founds=True, **asks)


REFUSED: dict[str, tuple[tuple[Line, ...], str]] = {
    "a loop": ((moved("binh-phuoc", "truong-a"),), "nằm dưới chính mình"),
    "a loop of two": (
        (moved("dong-xoai", "bu-dang"), moved("bu-dang", "dong-xoai", number=2)),
        "nằm dưới chính mình",
    ),
    "a merger into a unit below it": (
        (merged("dong-xoai", "truong-a"),),
        "nằm dưới chính mình",
    ),
    "two parents at one time": (
        (moved("truong-a", "bu-dang"), moved("truong-a", "binh-phuoc", number=2)),
        "nói khác",
    ),
    "a parent and an end at one time": (
        (moved("truong-a", "bu-dang"), merged("truong-a", "truong-b", number=2)),
        "nói khác",
    ),
    "a gap: the parent begins later": (
        (moved("truong-a", "moi"), new("moi", MAY)),
        "chỉ bắt đầu từ",
    ),
    "a gap: the parent ends that day": (
        (moved("truong-a", "bu-dang"), merged("bu-dang", "dong-xoai", number=2)),
        "đã kết thúc",
    ),
    "an unknown code": ((moved("truong-x", "bu-dang"),), "truong-x"),
    "an unknown parent": ((moved("truong-a", "huyen-x"),), "huyen-x"),
    "an unknown successor": ((merged("truong-a", "truong-x"),), "truong-x"),
    "an unknown kind": ((line(1, "truong-a", kind="xã"),), "loại đơn vị"),
    "a code that is taken": ((new("bu-dang", number=1),), "đã có"),
    "a code that is none": ((new("bù đăng", number=1),), "không phải là mã"),
    "a date before the unit's birth": (
        (moved("truong-a", "bu-dang", datetime.date(2020, 1, 1)),),
        "chỉ bắt đầu từ",
    ),
    "merging into itself": ((merged("truong-a", "truong-a"),), "chính mình"),
    "merging into one that ends that day": (
        (merged("truong-a", "truong-b"), merged("truong-b", "truong-c", number=2)),
        "đã kết thúc",
    ),
    "two that merge into each other": (
        (merged("truong-a", "truong-b"), merged("truong-b", "truong-a", number=2)),
        "đã kết thúc",
    ),
    "merging into one that begins later": (
        (merged("truong-a", "moi"), new("moi", MAY)),
        "chỉ bắt đầu từ",
    ),
    "moving what has ended": (
        (merged("truong-a", "truong-b"), moved("truong-a", "bu-dang", MAY, 2)),
        "đã kết thúc",
    ),
    "moving below what has ended": (
        (merged("dong-xoai", "bu-dang"), moved("truong-c", "dong-xoai", MAY, 2)),
        "đã kết thúc",
    ),
    "nobody to keep the clips": ((line(1, "binh-phuoc", ends=True),), "Trên “"),
    "days of which one is to come": (
        (moved("truong-a", "bu-dang"), moved("truong-b", "bu-dang", SOON, 2)),
        "cùng ngày",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_the_reason(what: str) -> None:
    lines, words = REFUSED[what]
    with translation.override("vi"):
        said = reasons(played(*lines))
    assert any(words in reason for reason in said.values()), said


def test_each_wrong_line_has_its_reason_and_good_ones_none() -> None:
    outcome = played(
        moved("truong-a", "bu-dang"),
        moved("truong-x", "bu-dang", number=2),
        merged("truong-b", "truong-b", number=3),
    )
    assert set(reasons(outcome)) == {2, 3}


def test_a_change_before_one_that_is_on_record_is_refused() -> None:
    chart = {**tree(), **played(moved("truong-a", "bu-dang", MAY)).after}
    said = reasons(played(moved("truong-a", "binh-phuoc"), chart=chart))
    assert "01/05/2026" in said[1]


def test_a_unit_that_lost_what_came_below_it_later_does_not_end_before() -> None:
    chart = {**tree(), **played(moved("truong-c", "dong-xoai", MAY)).after}
    said = reasons(played(merged("dong-xoai", "bu-dang"), chart=chart))
    assert "01/05/2026" in said[1]


def test_a_loop_that_only_the_past_would_have_is_refused() -> None:
    """dong-xoai stood below bu-dang for some months; then bu-dang not below dong-xoai."""
    chart = {**tree(), **played(moved("dong-xoai", "bu-dang")).after}
    chart |= played(moved("dong-xoai", "binh-phuoc", MAY), chart=chart).after
    said = reasons(
        played(
            moved("bu-dang", "truong-a", datetime.date(2025, 9, 1)),
            moved("bu-dang", "binh-phuoc", MAY, 2),
            chart=chart,
        )
    )
    assert said


def test_what_has_ended_changes_no_more() -> None:
    chart = {**tree(), **played(merged("truong-a", "truong-b")).after}
    for asked in (
        moved("truong-a", "bu-dang", MAY),
        line(1, "truong-a", MAY, name="Khác"),
        merged("truong-a", "truong-c", on=MAY),
    ):
        assert reasons(played(asked, chart=chart))


def test_a_list_that_waits_is_of_one_day() -> None:
    outcome = played(moved("truong-a", "bu-dang", SOON), today=TODAY)
    assert outcome.problems == ()
    assert outcome.after["truong-a"].parent == "bu-dang"
