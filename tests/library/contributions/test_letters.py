"""A letter on paper: its head, its numbers, its signature, with every mark in place."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from library.contributions import letters
from library.contributions.letters import Letter
from library.contributions.tables import Column, Row, Shape, Table

COLUMNS = (
    Column("Mã", is_shown=False),
    Column("Đơn vị", width=44),
    Column("Tổng", Shape.NUMBER, 10),
)
MARKS = "Huyện đoàn Bù Gia Mập, ễ ữ ợ ặ ẵ Ỷ Ẫ đường"


def letter(rows: tuple[Row, ...] = (), columns: tuple[Column, ...] = COLUMNS) -> Letter:
    return Letter(
        sender="Thành đoàn Đồng Xoài",
        above="Tỉnh đoàn Bình Phước",
        subject="Kết quả đóng góp",
        paragraphs=("Số clip được ghi nhận: 3.",),
        table=Table("thu", "Thử", columns, rows, notes=("Theo sổ ghi nhận.",)),
        day=datetime.date(2026, 2, 7),
    )


def printed(of: Letter) -> PdfReader:
    file = io.BytesIO()
    letters.write_pdf(of, file)
    return PdfReader(io.BytesIO(file.getvalue()))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in reader.pages))


def test_the_head_names_the_sender_below_its_unit_above() -> None:
    text = text_of(printed(letter()))
    assert "TỈNH ĐOÀN BÌNH PHƯỚC" in text
    assert text.index("TỈNH ĐOÀN BÌNH PHƯỚC") < text.index("THÀNH ĐOÀN ĐỒNG XOÀI")
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in text
    assert "ngày 07 tháng 02 năm 2026" in text
    assert "BÁO CÁO" in text
    assert "BÍ THƯ" in text


def test_a_library_of_others_has_a_head_of_its_own(settings: Settings) -> None:
    settings.LETTER_HEAD = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc"
    )
    settings.LETTER_PLACE = "Đồng Xoài"
    settings.LETTER_SIGNED = "HIỆU TRƯỞNG"
    text = text_of(printed(letter()))
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Đồng Xoài, ngày 07" in text
    assert "HIỆU TRƯỞNG" in text
    assert "TNCS" not in text


def test_every_mark_of_vietnamese_is_printed() -> None:
    assert MARKS in text_of(printed(letter((Row(("a", MARKS, 1234)),))))


def test_cells_say_what_the_screen_says_and_codes_stay_out() -> None:
    text = text_of(printed(letter((Row(("ma-rieng", "Trường", 1234)),))))
    assert "1.234" in text
    assert "ma-rieng" not in text


def test_a_long_table_goes_on_under_its_headings() -> None:
    rows = tuple(Row((str(n), f"Trường số {n}", n)) for n in range(120))
    reader = printed(letter(rows))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    assert all("Đơn vị" in page for page in pages[:-1])
    assert "Trường số 119" in text_of(reader)
    assert f"1/{len(pages)}" in pages[0]


def test_a_wide_table_turns_the_sheet() -> None:
    wide = (*COLUMNS, *(Column(f"Cột {n}", Shape.NUMBER, 14) for n in range(6)))
    rows = (Row(("a", "Trường", 1, 2, 3, 4, 5, 6, 7)),)
    for columns, is_wide in ((COLUMNS, False), (wide, True)):
        sheet = printed(letter(rows if is_wide else (), columns)).pages[0].mediabox
        assert (sheet.width > sheet.height) is is_wide


def test_a_name_that_fills_the_line_is_broken_not_cut() -> None:
    name = (
        "Đoàn trường Phổ thông Dân tộc nội trú Trung học cơ sở và Trung học phổ thông "
        * 3
    )
    assert name.strip() in text_of(printed(letter((Row(("a", name.strip(), 1)),))))


@pytest.mark.parametrize("empty", ["", "above"])
def test_the_highest_unit_writes_without_one_above(empty: str) -> None:
    of = letter()
    if empty:
        of = Letter(of.sender, "", of.subject, of.paragraphs, of.table, of.day)
    assert "THÀNH ĐOÀN ĐỒNG XOÀI" in text_of(printed(of))
