"""The overview's page and files: the same numbers, each reader's own units, few queries."""

from __future__ import annotations

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from library.contributions.models import Campaign, Headcount
from library.review import chain, setup
from library.units.models import UnitPage
from tests.cast import Cast, unit
from tests.factories import playable_clip
from tests.library.contributions.conftest import Count

DAY = datetime.date(2026, 3, 1)
AS_OF = {"as_of": "2026-11-28"}
TABLES = ("tong-quan", "theo-thang", "xep-hang-school", "cho-duyet", "chua-co")


@pytest.fixture
def address() -> str:
    return reverse("contributions_overview")


@pytest.fixture
def library(cast: Cast, counted: Count) -> Cast:
    campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
    )
    campaign.targets.create(unit=cast.province, clips=100)
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=4)
    campaign.save()
    for _number in range(2):
        counted(cast.school_a, DAY)
    counted(cast.school_c, DAY)
    setup.ensure_workflow()
    chain.submit(playable_clip(cast.school_b, cast.hoa), cast.hoa)
    return cast


def shown(client: Client, address: str, **query: str) -> str:
    response = client.get(address, AS_OF | query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_superuser_sees_the_whole_province(
    library: Cast, client: Client, address: str
) -> None:
    client.force_login(library.an)
    page = shown(client, address)
    assert "3 trên 100 clip đến ngày 31/12/2026" in page
    assert "Xếp hạng: school, chưa rõ quy mô" in page
    assert page.count('role="img"') == 2
    assert page.count("<desc") == 2


def test_a_curator_sees_the_own_district_alone(
    library: Cast, client: Client, address: str
) -> None:
    client.force_login(library.minh)
    page = shown(client, address)
    assert "THPT Hùng Vương" in page
    assert "Bù Đăng" not in page
    for unit_code in ("binh-phuoc", "bu-dang", "khong-co"):
        assert client.get(address, {"unit": unit_code}).status_code == 404


@pytest.mark.parametrize("who", ["nam", "bao"])
def test_people_without_the_right_get_nothing(
    cast: Cast, client: Client, address: str, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(address).status_code == 404


def rows_on(page: str, title: str) -> list[list[str]]:
    """The cells of the table with that caption, as they are read."""
    table = page.partition(f'<caption class="w-sr-only">{title}</caption>')[2]
    body = table.partition("<tbody>")[2].partition("</table>")[0]
    rows = (
        re.sub(r"<td class=\"report-bar\">.*?</td>", "", r) for r in body.split("</tr>")
    )
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    texts = ([re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells)
    return [[text or "–" for text in row] for row in texts if row]


def taken(client: Client, address: str, name: str, kind: str) -> bytes:
    answer = client.get(address, AS_OF | {"table": name, "export": kind})
    content: bytes = answer.getvalue()
    answer.close()
    return content


TITLES = {
    "tong-quan": "Các đơn vị",
    "theo-thang": "Số clip được ghi nhận theo tháng",
    "xep-hang-school": "Xếp hạng: school, chưa rõ quy mô",
    "cho-duyet": "Chờ duyệt",
    "chua-co": "Đơn vị chưa có clip nào",
}


def as_shown(cells: list[object]) -> list[str]:
    texts = []
    for cell in cells:
        if isinstance(cell, datetime.datetime):
            texts.append(f"{cell:%d/%m/%Y}")
        else:
            texts.append("–" if cell in {None, ""} else str(cell))
    return texts


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_the_same_in_each_of_its_files(
    library: Cast, client: Client, address: str, name: str
) -> None:
    client.force_login(library.an)
    on_screen = rows_on(shown(client, address), TITLES[name])
    assert on_screen
    text = taken(client, address, name, "csv")
    sheet = load_workbook(io.BytesIO(taken(client, address, name, "xlsx"))).active
    headings, *in_csv = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    in_xlsx = list(sheet.iter_rows(min_row=2, values_only=True))
    wanted = [at for at, h in enumerate(headings) if h != "Mã"]
    if name == "tong-quan":
        wanted = [
            at for at, h in enumerate(headings) if h not in {"Mã", "Loại", "Cấp trên"}
        ]
    assert [as_shown([row[at] for at in wanted]) for row in in_xlsx] == on_screen
    days = [
        [re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", c) for c in row]
        for row in in_csv
    ]
    assert [as_shown([row[at] for at in wanted]) for row in days] == on_screen
    letter = PdfReader(io.BytesIO(taken(client, address, name, "pdf")))
    printed = " ".join(page.extract_text() for page in letter.pages).split()
    words = [
        w for row in on_screen for cell in row if cell != "–" for w in cell.split()
    ]
    assert not set(words) - set(printed)


def test_a_table_that_is_not_there_is_not_found(
    library: Cast, client: Client, address: str
) -> None:
    client.force_login(library.an)
    for query in ({"table": "x", "export": "csv"}, {"export": "pdf"}):
        assert client.get(address, query).status_code == 404


def test_units_of_like_size_are_ranked_with_each_other(
    library: Cast, client: Client, address: str
) -> None:
    for school, members in ((library.school_a, 300), (library.school_b, 400)):
        Headcount.objects.create(unit=school, members=members)
    client.force_login(library.an)
    page = shown(client, address)
    assert "Xếp hạng: school, đến 500 đoàn viên" in page
    assert "chưa rõ quy mô" in page  # the districts
    assert "Xếp hạng: school, chưa rõ quy mô" not in page


def test_queries_do_not_grow_with_units_or_clips(
    library: Cast, counted: Count, client: Client, address: str
) -> None:
    client.force_login(library.an)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        above = UnitPage.objects.get(pk=library.district.pk)
        school = unit(above, f"truong-{number}", f"Trường {number}", "school")
        counted(school, DAY)
        Headcount.objects.create(unit=school, members=100 * number + 1)
        title = f"Bài giảng {number}"
        chain.submit(playable_clip(school, library.hoa, title), library.hoa)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert "Trường 4" in page
    assert len(many) == len(few)
