"""Every form of a report says the same numbers, and no text becomes a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from library.contributions import rollup, spreadsheets
from library.contributions.models import Campaign
from library.contributions.rollup import Report
from library.contributions.tables import Column, Row, Table
from library.contributions.tree_table import tree_table
from library.units.models import UnitPage
from tests.cast import Cast
from tests.library.contributions.conftest import Count


@pytest.fixture
def report(cast: Cast, counted: Count) -> Report:
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        name="Đợt", starts_on=today - datetime.timedelta(days=9), ends_on=today
    )
    campaign.targets.create(unit=cast.school_a, clips=2)
    campaign.save()
    counted(cast.school_a, today - datetime.timedelta(days=1))
    UnitPage.objects.filter(pk=cast.school_b.pk).update(title='=HYPERLINK("x")')
    return rollup.report(rollup.question())


def test_json_is_the_documents_contract(report: Report) -> None:
    document = spreadsheets.as_json(report)
    assert {"as_of", "from", "to", "tree", "units", "total"} <= document.keys()
    school = next(u for u in document["units"] if u["code"] == "thpt-dong-xoai")
    assert school == {
        "code": "thpt-dong-xoai",
        "name": "Đoàn trường THPT Đồng Xoài",
        "kind": "school",
        "parent": "dong-xoai",
        "own": 1,
        "total": 1,
        "target": 2,
        "toward": 1,
        "state": "behind",
    }
    assert document["total"] == 1
    assert document["from"] is None


def test_csv_has_a_mark_for_excel_and_the_same_numbers(report: Report) -> None:
    text = spreadsheets.as_csv(tree_table(report))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    numbers = {row[0]: row[4:7] for row in rows[1:-1]}
    assert numbers["thpt-dong-xoai"] == ["1", "1", "2"]
    assert rows[-1][5] == str(report.total)


def test_xlsx_has_real_numbers(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    with file.open("wb") as to:
        spreadsheets.write_xlsx(tree_table(report), to)
    sheet = load_workbook(file).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[5] for row in rows] == [*(u.total for u in report.units), report.total]
    assert all(isinstance(row[5], int) for row in rows)


def test_a_name_that_looks_like_a_formula_stays_a_text(
    report: Report, tmp_path: Path
) -> None:
    file = tmp_path / "report.xlsx"
    with file.open("wb") as to:
        spreadsheets.write_xlsx(tree_table(report), to)
    cells = [cell for row in load_workbook(file).active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=HYPERLINK" in spreadsheets.as_csv(tree_table(report)).replace('""', '"')


def test_a_control_character_does_not_break_a_file(tmp_path: Path) -> None:
    table = Table("thu", "Thử", (Column("Tên"),), (Row(("Bài\x0bgiảng",)),))
    file = tmp_path / "report.xlsx"
    with file.open("wb") as to:
        spreadsheets.write_xlsx(table, to)
    assert load_workbook(file).active["A2"].value == "Bàigiảng"


def test_a_large_table_is_written_line_by_line() -> None:
    made = []

    class Rows:
        def __iter__(self) -> Iterator[Row]:
            for number in range(1000):
                made.append(number)
                yield Row((number,))

    lines = spreadsheets.csv_lines(Table("thu", "Thử", (Column("Số"),), Rows()))
    assert [next(lines) for _ in range(3)] == ["\ufeff", "Số\r\n", "0\r\n"]
    assert len(made) == 1
