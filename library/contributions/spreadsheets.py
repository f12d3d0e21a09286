"""A report as JSON, CSV and XLSX: the same rows and numbers as on the screen."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from typing import IO, Any, TypeAlias

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from library.contributions.rollup import Report, UnitRow

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDTHS = (18, 44, 22, 18, 10, 10, 10, 14, 16)

Cell: TypeAlias = str | int | datetime.date | None


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


def as_csv(report: Report) -> str:
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings())
    for row in report.units:
        writer.writerow([_safe(cell) for cell in cells(row)])
    writer.writerow([_safe(cell) for cell in total_cells(report)])
    return text.getvalue()


def write_xlsx(report: Report, to: IO[bytes]) -> None:
    """Row by row, so that a large report needs little memory. Numbers are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Contributions"))
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "C2"
    sheet.append([_bold(sheet, heading) for heading in headings()])
    for row in report.units:
        sheet.append([_safe(cell) for cell in cells(row)])
    sheet.append([_bold(sheet, _safe(cell)) for cell in total_cells(report)])
    book.save(to)


def headings() -> list[str]:
    return [
        _("Code"),
        _("Unit"),
        _("Kind"),
        _("Above"),
        _("Own"),
        _("Total"),
        _("Target"),
        _("Toward the target"),
        _("State"),
    ]


def cells(row: UnitRow) -> list[Cell]:
    return [
        row.code,
        row.name,
        row.kind_name,
        row.parent,
        row.own,
        row.total,
        row.target,
        row.toward,
        str(row.state.label) if row.state else None,
    ]


def total_cells(report: Report) -> Sequence[Cell]:
    return ["", _("All units"), "", "", None, report.total, None, None, None]


def _safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula stays a text."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _bold(sheet: Any, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(bold=True)
    return cell
