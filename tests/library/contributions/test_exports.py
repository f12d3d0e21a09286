"""A table as a file: its name, its type, its bytes."""

from __future__ import annotations

import datetime
import io

import pytest
from django.http import FileResponse, StreamingHttpResponse
from openpyxl import load_workbook
from pypdf import PdfReader

from library.contributions import exports
from library.contributions.letters import Letter
from library.contributions.tables import Column, Row, Shape, Table

pytestmark = pytest.mark.django_db  # a response that ends looks after connections

DAY = datetime.date(2026, 11, 28)
TABLE = Table(
    "dong-gop",
    "Đóng góp",
    (Column("Đơn vị"), Column("Từ", Shape.DAY), Column("Tổng", Shape.NUMBER)),
    (Row(("Bù Đăng", DAY, 3)),),
)
LETTER = Letter("Bù Đăng", "", "Đóng góp", (), TABLE, DAY)


def bytes_of(kind: str) -> bytes:
    response = exports.file_of(LETTER, kind)
    assert isinstance(response, FileResponse | StreamingHttpResponse)
    assert f"dong-gop-2026-11-28.{kind}" in response["Content-Disposition"]
    assert response["Content-Type"] == exports.TYPES[kind]
    content: bytes = response.getvalue()
    response.close()
    return content


def test_a_csv_is_utf8_with_a_mark() -> None:
    assert bytes_of("csv").decode("utf-8-sig").splitlines()[1] == "Bù Đăng,2026-11-28,3"


def test_an_xlsx_has_real_days_and_numbers() -> None:
    sheet = load_workbook(io.BytesIO(bytes_of("xlsx"))).active
    _name, day, total = next(sheet.iter_rows(min_row=2))
    assert (day.value.date(), day.number_format) == (DAY, "dd/mm/yyyy")
    assert (total.value, total.data_type) == (3, "n")


def test_a_pdf_is_a_letter() -> None:
    text = PdfReader(io.BytesIO(bytes_of("pdf"))).pages[0].extract_text()
    assert "28/11/2026" in text


@pytest.mark.parametrize("kind", exports.KINDS)
def test_a_table_without_rows_is_a_file_too(kind: str) -> None:
    assert bytes_of(kind)
