"""A table: columns and rows that the screen, spreadsheets and letters take alike.

Whoever makes a table says each number once. `text_of` is how a reader sees a cell, on
the screen and in print; spreadsheets take the values themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from django.utils import timezone

Cell: TypeAlias = str | int | datetime.date | None
NOTHING = "–"
MINUS = "−"


class Shape(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHANGE = "change"  # a number with its sign
    DAY = "day"
    STATE = "state"  # a text; the row's tone colours it


NUMBERS = frozenset({Shape.NUMBER, Shape.CHANGE})
DEEPEST = 5  # steps that rows are set in by


@dataclass(frozen=True)
class Column:
    heading: str
    shape: Shape = Shape.TEXT
    width: int = 12  # in characters
    is_shown: bool = True  # else in spreadsheets alone, which others join and sort by

    @property
    def is_number(self) -> bool:
        return self.shape in NUMBERS


@dataclass(frozen=True)
class Bar:
    """`filled` of `full`, drawn beside the numbers that say the same."""

    filled: int
    full: int
    words: str


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    depth: int = 0
    tone: str = ""
    bar: Bar | None = None
    url: str = ""


@dataclass(frozen=True)
class Table:
    """`name` is for files; `rows` may be read row by row, any number of times."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    empty: str = ""  # what to say where there are no rows

    @property
    def shown(self) -> list[int]:
        """The columns that people read, by their places."""
        return [at for at, column in enumerate(self.columns) if column.is_shown]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


@dataclass(frozen=True)
class ShownCell:
    text: str
    label: str
    shape: Shape

    @property
    def is_number(self) -> bool:
        return self.shape in NUMBERS


@dataclass(frozen=True)
class ShownRow:
    name: ShownCell
    cells: list[ShownCell]
    row: Row

    @property
    def indent(self) -> int:
        return min(self.row.depth, DEEPEST)


@dataclass(frozen=True)
class ShownTable:
    """A table as the screen's template takes it."""

    table: Table
    columns: list[Column]
    rows: list[ShownRow]
    total: list[ShownCell]
    has_bars: bool
    more: int = 0  # rows that stand in the files alone
    files: dict[str, str] = field(default_factory=dict)  # queries by kind

    @property
    def is_tree(self) -> bool:
        return any(row.row.depth for row in self.rows)


def shown(
    table: Table, files: dict[str, str] | None = None, limit: int | None = None
) -> ShownTable:
    rows = list(table.rows)
    kept = rows if limit is None else rows[:limit]
    total = _cells(table, table.total) if table.total else []
    return ShownTable(
        table=table,
        columns=[table.columns[at] for at in table.shown],
        rows=[_shown_row(table, row) for row in kept],
        total=total,
        has_bars=any(row.bar for row in kept),
        more=len(rows) - len(kept),
        files=files or {},
    )


def text_of(cell: Cell, shape: Shape = Shape.TEXT) -> str:
    """As a reader in Viet Nam writes it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, datetime.datetime):
        return f"{timezone.localtime(cell):%d/%m/%Y}"
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int):
        return _sign(cell, shape) + f"{abs(cell):,}".replace(",", ".")
    return cell


def _sign(number: int, shape: Shape) -> str:
    if number < 0:
        return MINUS
    return "+" if number and shape is Shape.CHANGE else ""


def _shown_row(table: Table, row: Row) -> ShownRow:
    first, *rest = _cells(table, row.cells)
    return ShownRow(first, rest, row)


def _cells(table: Table, cells: Sequence[Cell]) -> list[ShownCell]:
    return [
        ShownCell(
            text_of(cells[at], table.columns[at].shape),
            table.columns[at].heading,
            table.columns[at].shape,
        )
        for at in table.shown
    ]
