"""Spreadsheets of lines: both sorts are read alike; hostile ones are refused in words."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from library.reorganising import spreadsheets
from library.reorganising.spreadsheets import FORMULA, UnreadableError, read

HEADINGS = ["Mã đơn vị", "Đơn vị cấp trên mới", "Từ ngày", "Giải thể"]


def xlsx(*table: Sequence[object]) -> bytes:
    book = Workbook()
    for row in table:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return read(io.BytesIO(content))


def test_a_workbook_and_a_text_file_are_read_alike() -> None:
    day = datetime.date(2025, 7, 1)
    book = xlsx(
        HEADINGS, ["truong-a", "bu-dang", day], [], ["truong-b", None, None, "x"]
    )
    text = "Mã đơn vị;Đơn vị cấp trên mới;Từ ngày;Giải thể\r\ntruong-a;bu-dang;2025-07-01;\r\n;;;\r\ntruong-b;;;x\r\n"
    expected = [
        (2, {"code": "truong-a", "parent": "bu-dang", "on": "2025-07-01"}),
        (4, {"code": "truong-b", "ends": "x"}),
    ]
    assert lines(book) == expected
    assert lines(b"\xef\xbb\xbf" + text.encode()) == expected
    assert lines(text.replace(";", ",").encode()) == expected


@pytest.mark.parametrize(
    "headings",
    [
        "code,parent",
        "CODE,Parent",
        "ma don vi,don vi cap tren moi",
        "Code of the unit,New unit above",
    ],
)
def test_headings_are_understood_in_both_languages_and_without_marks(
    headings: str,
) -> None:
    assert lines(f"{headings}\na,b\n".encode()) == [(2, {"code": "a", "parent": "b"})]


def test_the_template_is_a_list_that_lacks_its_lines() -> None:
    file = io.BytesIO()
    spreadsheets.template(file)
    sheet = load_workbook(io.BytesIO(file.getvalue())).active
    assert sheet["A1"].value == "Mã đơn vị"
    with pytest.raises(UnreadableError):
        lines(file.getvalue())
    sheet["A2"], sheet["F2"] = "truong-a", "bu-dang"
    filled = io.BytesIO()
    sheet.parent.save(filled)
    assert lines(filled.getvalue()) == [(2, {"code": "truong-a", "parent": "bu-dang"})]


def test_a_formula_is_never_worked_out() -> None:
    book = xlsx(HEADINGS, ["truong-a", '=HYPERLINK("http://x")'])
    assert lines(book) == [(2, {"code": "truong-a", "parent": FORMULA})]


def test_numbers_are_read_as_the_codes_that_they_were() -> None:
    assert lines(xlsx(["code", "parent"], [12, 7.0])) == [
        (2, {"code": "12", "parent": "7"})
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"code,parent\n",
        b"code,mat khau\na,b\n",
        b"parent\na\n",
        b"\xff\xfe\x00nothing",
        b"PK\x03\x04 no archive",
        b'code,parent\n"a' + b"x" * 200_000,
        b"x" * (spreadsheets.MAX_BYTES + 1),
        b"code,parent\n" + b"a,b\n" * (spreadsheets.MAX_LINES + 1),
    ],
)
def test_what_is_no_list_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        lines(content)
    assert str(refused.value)


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_bomb_is_refused_before_it_is_read() -> None:
    bomb = packed(a=b"0" * (spreadsheets.MAX_UNPACKED + 1))
    assert len(bomb) < spreadsheets.MAX_BYTES
    for content in (bomb, packed(**{f"part{number}": b"" for number in range(300)})):
        with pytest.raises(UnreadableError, match="quá lớn"):
            lines(content)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(coding: str) -> None:
    """Entities that grow when they are read come with one."""
    good = xlsx(HEADINGS, ["truong-a", "bu-dang"])
    doctype = '<!DOCTYPE a [<!ENTITY b "bb">]><a/>'.encode(coding)
    file = io.BytesIO(good)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/more.xml", doctype)
    with pytest.raises(UnreadableError):
        lines(file.getvalue())


def test_a_row_far_below_is_not_reached_for() -> None:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.cell(1_048_576, 1, "truong-a")
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(UnreadableError):
        lines(file.getvalue())


GOOD = xlsx(HEADINGS, ["truong-a", "bu-dang", "01/07/2025"], ["truong-b", "*"])


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), places=st.integers(1, 30))
def test_a_spoilt_workbook_is_read_or_refused(seed: int, places: int) -> None:
    chance, spoilt = random.Random(seed), bytearray(GOOD)
    for _ in range(places):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    try:
        rows = lines(bytes(spoilt))
    except UnreadableError:
        return
    assert all(isinstance(cells, dict) for _, cells in rows)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        lines(b"code,parent\n" + content)
    except UnreadableError:
        return
