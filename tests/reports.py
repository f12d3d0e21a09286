"""What a report of contributions says, on the screen and in each of its files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

from openpyxl import load_workbook
from pypdf import PdfReader

_CELL = re.compile(r"<td(?: [^>]*)?>(<span[^>]*>)?([^<]*)")


def totals(page: str, taken: Callable[[str], bytes]) -> Mapping[str, int]:
    """By code of unit, the last is of all (""); screen and files say the very same."""
    on_screen = numbers_on(page)
    rows = list(csv.reader(io.StringIO(taken("csv").decode("utf-8-sig"))))[1:]
    assert [cells(row[4:]) for row in rows] == on_screen
    sheet = load_workbook(io.BytesIO(taken("xlsx"))).active
    in_sheet = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [cells(row[4:]) for row in in_sheet] == on_screen
    names = [row[1] for row in in_sheet]
    lines = [" ".join(row) for row in zip(names, map(" ".join, on_screen), strict=True)]
    assert set(lines) <= set(text_in(taken("pdf")).splitlines())
    return {row[0]: int(row[5]) for row in rows}


def cells(row: Sequence[object]) -> list[str]:
    return [str(cell) for cell in row if cell not in {None, ""}]


def numbers_on(page: str) -> list[list[str]]:
    """What each row of the page's table says after its unit."""
    table = page.partition('<table class="report-table')[2].partition("<tbody>")[2]
    rows = table.partition("</table>")[0].split("</tr>")[:-1]
    texts = ([text for _tag, text in _CELL.findall(row)] for row in rows)
    return [[text for text in row if text not in {"", "–"}] for row in texts]


def text_in(letter: bytes) -> str:
    pages = PdfReader(io.BytesIO(letter)).pages
    return "\n".join(page.extract_text() for page in pages)
