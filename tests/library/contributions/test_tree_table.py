"""The report's table: what stands in which column, and what it is compared with."""

from __future__ import annotations

import datetime

from django.utils import translation

from library.contributions import rollup, spans
from library.contributions.rollup import Report
from library.contributions.spans import Against
from library.contributions.tables import shown
from library.contributions.tree_table import changes, tree_table
from library.units.models import UnitPage
from tests.cast import Cast
from tests.library.contributions.conftest import Count

DAY = datetime.date(2026, 5, 4)


def compared(*against: Against) -> Report:
    asked = rollup.question(as_of=datetime.date(2026, 6, 30))
    return rollup.report(asked.of_span(spans.month(2026, 5), against))


def test_units_stand_below_each_other(cast: Cast) -> None:
    rows = list(tree_table(rollup.report(rollup.question())).rows)
    assert [(row.cells[0], row.depth) for row in rows][:3] == [
        ("binh-phuoc", 0),
        ("dong-xoai", 1),
        ("thpt-dong-xoai", 2),
    ]


def test_a_unit_that_ended_is_marked_from_its_last_day_on(cast: Cast) -> None:
    ended = datetime.date(2026, 6, 1)
    UnitPage.objects.filter(pk=cast.school_b.pk).update(ended_on=ended)
    name = cast.school_b.title
    days = {ended - datetime.timedelta(1): name, ended: f"{name} (đã kết thúc)"}
    for as_of, said in days.items():
        rows = tree_table(rollup.report(rollup.question(as_of=as_of))).rows
        assert said in [row.cells[1] for row in rows]


def test_a_comparison_adds_what_was_then_and_the_difference(
    cast: Cast, counted: Count
) -> None:
    counted(cast.school_a, DAY)
    counted(cast.school_a, DAY)
    counted(cast.school_a, datetime.date(2026, 4, 30))
    counted(cast.school_b, datetime.date(2025, 5, 31))
    with translation.override("vi"):
        screen = shown(tree_table(compared(Against.BEFORE, Against.YEAR)))
    assert [column.heading for column in screen.columns][3:7] == [
        "Kỳ trước",
        "So với kỳ trước",
        "Năm trước",
        "So với năm trước",
    ]
    numbers = {row.name.text: [c.text for c in row.cells][1:6] for row in screen.rows}
    assert numbers["Đoàn trường THPT Đồng Xoài"] == ["2", "1", "+1", "0", "+2"]
    assert numbers["Đoàn trường THPT Hùng Vương"] == ["0", "0", "0", "1", "−1"]
    assert [cell.text for cell in screen.total][2:7] == ["2", "1", "+1", "1", "+1"]


def test_without_a_comparison_there_is_no_such_column(cast: Cast) -> None:
    assert len(tree_table(compared()).columns) == 9


def test_a_change_is_what_came_on_top() -> None:
    assert changes(5, (3, 9)) == [3, 2, 9, -4]
