"""The report: each reader sees their own units, and the files say the same."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from library.contributions import crews, exports
from library.contributions.models import Campaign
from library.units.models import UnitPage
from tests import reports
from tests.cast import Cast, unit
from tests.library.contributions.conftest import Count

DAY = datetime.date(2024, 3, 1)


@pytest.fixture
def address() -> str:
    return reverse("contributions_report")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2024, 12, 31),
    )
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=4)
    campaign.save()
    return campaign


def shown(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_superuser_sees_every_unit(
    cast: Cast, counted: Count, campaign: Campaign, client: Client, address: str
) -> None:
    counted(cast.school_a, DAY)
    client.force_login(cast.an)
    page = shown(client, address)
    assert "Tỉnh đoàn Bình Phước" in page
    assert "Ít nhất 100 clip" in page
    assert "report-tag--behind" in page


def test_a_curator_sees_the_own_subtree_alone(
    cast: Cast, counted: Count, client: Client, address: str
) -> None:
    counted(cast.school_c, DAY)
    client.force_login(cast.minh)
    page = shown(client, address)
    assert "Thành đoàn Đồng Xoài" in page
    assert "THPT Đồng Xoài" in page
    assert "Bù Đăng" not in page
    assert "Bình Phước" not in page


@pytest.mark.parametrize("who", ["nam", "bao"])
def test_people_without_the_right_get_nothing(
    cast: Cast, client: Client, address: str, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(address).status_code == 404
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address not in home


def test_the_files_equal_the_screen(
    cast: Cast, counted: Count, campaign: Campaign, client: Client, address: str
) -> None:
    counted(cast.school_a, DAY)
    counted(cast.school_b, DAY)
    counted(cast.school_b, datetime.date(2025, 1, 1))
    client.force_login(cast.minh)
    query = {"first": "2024-01-01", "last": "2024-12-31"}
    page = shown(client, address, **query)
    assert "<dd>2</dd>" in page
    told = reports.totals(page, lambda kind: taken(client, address, kind, query))
    assert told == {
        cast.district.code: 2,
        cast.school_a.code: 1,
        cast.school_b.code: 1,
        "": 2,
    }


def taken(client: Client, address: str, kind: str, query: dict[str, str]) -> bytes:
    response = client.get(address, {**query, "export": kind})
    assert response.status_code == 200
    content: bytes = response.getvalue()
    response.close()
    return content


def test_dates_the_wrong_way_round_are_said_on_the_form(
    cast: Cast, client: Client, address: str
) -> None:
    client.force_login(cast.an)
    page = shown(client, address, first="2024-05-01", last="2024-01-01")
    assert "report-filters" in page
    assert " open>" in page


def test_whoever_takes_a_file_stands_in_the_log(
    cast: Cast, counted: Count, client: Client, address: str
) -> None:
    client.force_login(cast.minh)
    taken(client, address, "csv", {})
    entry = PageLogEntry.objects.get(action=exports.ACTION)
    assert (entry.user, entry.page_id) == (cast.minh, cast.district.pk)
    assert entry.data["after"]["file"] == "csv"
    client.get(address)
    assert PageLogEntry.objects.filter(action=exports.ACTION).count() == 1


def test_every_clip_behind_the_sums_can_be_taken(
    cast: Cast, counted: Count, client: Client
) -> None:
    address = reverse("contributions_ledger")
    counted(cast.school_a, DAY)
    counted(cast.school_c, DAY)
    counted(cast.school_b, datetime.date(2025, 1, 1))
    counted(cast.school_c, DAY, crew=crews.crew([cast.school_b.pk]))
    client.force_login(cast.minh)
    query = {"first": "2024-01-01", "last": "2024-12-31"}
    text = taken(client, address, "csv", query).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert [line[2] for line in rows] == ["thpt-dong-xoai", "thpt-bu-dang"]
    sheet = load_workbook(io.BytesIO(taken(client, address, "xlsx", query))).active
    assert sheet.max_row == 3
    for kind in ("", "pdf"):
        assert client.get(address, {"export": kind}).status_code == 404


def test_queries_do_not_grow_with_units(
    cast: Cast, counted: Count, client: Client, address: str
) -> None:
    client.force_login(cast.an)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        above = UnitPage.objects.get(pk=cast.district.pk)
        counted(unit(above, f"truong-{number}", "T", "school"), DAY)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"campaign": "999999"},
        {"campaign": "9" * 30},
        {"campaign": "x"},
        {"tree": "x"},
        {"first": "31/02/2024"},
        {"first": "0001-01-01", "last": "9999-12-31", "as_of": "9999-12-31"},
        {"as_of": "0001-01-01"},
        {"export": "docx"},
        {"period": "year-9999"},
        {"period": "x", "compare": "x"},
        {"first": "0001-01-01", "last": "0001-01-02", "compare": "both"},
        {"period": "year-1900", "compare": "both"},
    ],
)
def test_nonsense_in_the_address_is_no_fault(
    cast: Cast,
    campaign: Campaign,
    client: Client,
    address: str,
    nonsense: dict[str, str],
) -> None:
    client.force_login(cast.minh)
    assert "Thành đoàn Đồng Xoài" in shown(client, address, **nonsense)
