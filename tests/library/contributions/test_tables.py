"""A table is read the same way wherever it stands."""

from __future__ import annotations

import datetime

import pytest

from library.contributions.tables import Bar, Cell, Column, Row, Shape, Table, shown
from library.contributions.tables import text_of as written

TABLE = Table(
    name="thu",
    title="Thử",
    columns=(
        Column("Mã", is_shown=False),
        Column("Tên"),
        Column("Số", Shape.NUMBER),
        Column("Đổi", Shape.CHANGE),
    ),
    rows=(
        Row(("a", "An Lộc", 1200, -3), bar=Bar(1, 2, "1 trên 2")),
        Row(("b", "Bù Đăng", None, 0), depth=9),
    ),
    total=("", "Tất cả", 1200, 4),
)


@pytest.mark.parametrize(
    ("cell", "shape", "text"),
    [
        (0, Shape.NUMBER, "0"),
        (1234567, Shape.NUMBER, "1.234.567"),
        (-5, Shape.NUMBER, "−5"),
        (5, Shape.CHANGE, "+5"),
        (0, Shape.CHANGE, "0"),
        (None, Shape.NUMBER, "–"),
        ("Lộc Ninh", Shape.TEXT, "Lộc Ninh"),
        (datetime.date(2026, 1, 2), Shape.DAY, "02/01/2026"),
        (
            datetime.datetime(2026, 1, 1, 18, tzinfo=datetime.UTC),
            Shape.DAY,
            "02/01/2026",  # it is the next day already in Viet Nam
        ),
    ],
)
def test_a_cell_is_written_as_its_reader_writes(
    cell: Cell, shape: Shape, text: str
) -> None:
    assert written(cell, shape) == text


def test_the_screen_leaves_out_what_only_spreadsheets_need() -> None:
    screen = shown(TABLE)
    assert [column.heading for column in screen.columns] == ["Tên", "Số", "Đổi"]
    assert [row.name.text for row in screen.rows] == ["An Lộc", "Bù Đăng"]
    assert [cell.text for cell in screen.rows[0].cells] == ["1.200", "−3"]
    assert [cell.text for cell in screen.total] == ["Tất cả", "1.200", "+4"]


def test_a_long_table_says_how_much_stands_in_its_files_alone() -> None:
    screen = shown(TABLE, limit=1)
    assert (len(screen.rows), screen.more, screen.has_bars) == (1, 1, True)
    assert (shown(TABLE).more, shown(TABLE).rows[1].indent) == (0, 5)
