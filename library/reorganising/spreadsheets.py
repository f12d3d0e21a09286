"""Lines of a reorganisation in a spreadsheet: the template, and files that people send.

A file is opened only after its sizes were looked at: packed, unpacked, rows, columns.
Nothing in it is ever worked out: a formula is a reason to refuse its line.
"""

from __future__ import annotations

import csv
import datetime
import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import ParseError

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from library.reorganising.lines import COLUMNS
from search.text import fold

MAX_BYTES = 2 * 1024**2
MAX_UNPACKED = 32 * 1024**2
MAX_PARTS = 200
MAX_LINES = 2_000
MAX_COLUMNS = 20
DOCTYPE = "<!DOCTYPE"
HOSTILE = tuple(DOCTYPE.encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
# What openpyxl and what it stands on raise when a file is not what it says.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError, InvalidFileException),
    *(AttributeError, EOFError, LookupError, NotImplementedError, OSError),
    *(OverflowError, RecursionError, RuntimeError, TypeError, ValueError),
)

Cells: TypeAlias = dict[str, str]
FORMULA = "=formula"  # what a cell with one is read as: no line takes it


class UnreadableError(Exception):
    """The file as a whole cannot be read; the message is for the person who sent it."""


def read(file: IO[bytes]) -> list[tuple[int, Cells]]:
    """The filled rows below the headings, each with the number it has in the file."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableError(_("The file is larger than 2 MB."))
    table = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    filled = [(number, row) for number, row in table if any(row)]
    if not filled:
        raise UnreadableError(_("The file is empty."))
    columns = _columns(filled[0][1])
    rows = [(number, _cells(columns, row)) for number, row in filled[1:]]
    if not rows:
        raise UnreadableError(_("There are no lines below the headings."))
    if len(rows) > MAX_LINES:
        said = _("A list has %(number)s lines at most.")
        raise UnreadableError(said % {"number": MAX_LINES})
    return rows


def template(to: IO[bytes]) -> None:
    """Empty, with the headings; what each column takes is a note on it."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Reorganisation")
    sheet.append([str(heading) for heading in COLUMNS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 24
        for row in range(2, 102):  # codes and days stay as typed
            sheet.cell(row, cell.column).number_format = "@"
    sheet.freeze_panes = "A2"
    book.save(to)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """The place of each column that is known; others are a mistake that is told."""
    known = _headings()
    found: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(headings):
        name = known.get(fold(heading))
        if name is not None:
            found.setdefault(name, place)
        elif heading:
            unknown.append(heading)
    if unknown:
        said = _("The file has unknown columns: %(names)s")
        raise UnreadableError(said % {"names": ", ".join(unknown)[:200]})
    if "code" not in found:
        said = _("The file lacks the column “%(name)s”.")
        raise UnreadableError(said % {"name": COLUMNS["code"]})
    return found


@cache
def _headings() -> Mapping[str, str]:
    """What a column is called in a file: by its own name, or in one of the languages."""
    names = {fold(name): name for name in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {fold(str(text)): name for name, text in COLUMNS.items()}
    return names


def _cells(columns: Mapping[str, int], row: Sequence[str]) -> Cells:
    return {
        name: row[place]
        for name, place in columns.items()
        if place < len(row) and row[place]
    }


def _clean(text: str) -> str:
    plain = unicodedata.normalize("NFC", text)
    return "".join(c for c in plain if unicodedata.category(c) != "Cc").strip()


# --- the two sorts of files -----------------------------------------------------------


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """With commas or semicolons; UTF-8 with or without a mark."""
    try:
        text = content.decode("utf-8-sig")
        header = text.partition("\n")[0]
        mark = max(";,\t", key=header.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        for row in reader:
            yield reader.line_num, [_clean(cell) for cell in row[:MAX_COLUMNS]]
    except (UnicodeDecodeError, csv.Error) as error:
        said = _("The file is neither XLSX nor CSV in UTF-8.")
        raise UnreadableError(said) from error


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        last = MAX_LINES + 2
        rows = sheet.iter_rows(max_row=last, max_col=MAX_COLUMNS)
        table = [[_text(cell) for cell in row] for row in rows]
    except BROKEN as error:
        raise UnreadableError(_("The file is damaged, or not an XLSX file.")) from error
    yield from enumerate(table, start=1)


def _refuse_bomb(content: bytes) -> None:
    """Its parts are unpacked here first, and no further than they may be large."""
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise UnreadableError(_("The file holds too much."))
        for part in parts:
            with archive.open(part) as opened:
                unpacked = opened.read(left + 1)
            left -= len(unpacked)
            if left < 0:
                raise UnreadableError(_("The file holds too much."))
            if any(mark in unpacked for mark in HOSTILE):
                raise UnreadableError(_("The file is damaged, or not an XLSX file."))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool):
        return "x" if value else ""
    return _clean(str(value))
