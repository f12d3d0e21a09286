"""Tables as CSV and XLSX, and the report as JSON: the rows and numbers of the screen."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as UNWRITABLE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from library.contributions.rollup import Report
from library.contributions.tables import Cell, Table

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")  # of sheets
DAY_FORMAT = "dd/mm/yyyy"


def as_json(report: Report) -> dict[str, Any]:
    """The document of commands.md, and besides: `campaign`, each unit's `toward`."""
    asked = report.question
    return {
        "as_of": asked.as_of.isoformat(),
        "from": asked.first and asked.first.isoformat(),
        "to": asked.last and asked.last.isoformat(),
        "tree": str(asked.tree),
        "campaign": asked.campaign and asked.campaign.name,
        "units": [
            {
                "code": row.code,
                "name": row.name,
                "kind": row.kind,
                "parent": row.parent,
                "own": row.own,
                "total": row.total,
                "target": row.target,
                "toward": row.toward,
                "state": row.state and str(row.state),
            }
            for row in report.units
        ],
        "total": report.total,
    }


def as_csv(table: Table) -> str:
    return "".join(csv_lines(table))


def csv_lines(table: Table) -> Iterator[str]:
    """Line by line, so that a large table needs little memory."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    for cells in _lines(table):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_xlsx(table: Table, to: IO[bytes]) -> None:
    """Row by row, likewise. Numbers are numbers and days are days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", table.title)[:31])
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = "C2" if not table.columns[0].is_shown else "B2"
    sheet.append([_bold(sheet, heading) for heading in table.headings])
    for row in table.rows:
        sheet.append(_cells(sheet, row.cells))
    if table.total:
        sheet.append([_bold(sheet, cell) for cell in _safe(table.total)])
    book.save(to)


def _lines(table: Table) -> Iterator[Sequence[Cell]]:
    yield table.headings
    for row in table.rows:
        yield list(_safe(row.cells))
    if table.total:
        yield list(_safe(table.total))


def _safe(cells: Iterable[Cell]) -> Iterator[Cell]:
    """A text that a spreadsheet would run as a formula stays a text; days are local."""
    for cell in cells:
        if isinstance(cell, str):
            text = UNWRITABLE.sub("", cell)
            yield f"'{text}" if text.startswith(FORMULA_STARTS) else text
        elif isinstance(cell, datetime.datetime):
            yield timezone.localtime(cell).date()
        else:
            yield cell


def _cells(sheet: Any, cells: Iterable[Cell]) -> list[Cell | WriteOnlyCell]:
    return [
        _day(sheet, cell) if isinstance(cell, datetime.date) else cell
        for cell in _safe(cells)
    ]


def _day(sheet: Any, day: datetime.date) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=day)
    cell.number_format = DAY_FORMAT
    return cell


def _bold(sheet: Any, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(bold=True)
    return cell
