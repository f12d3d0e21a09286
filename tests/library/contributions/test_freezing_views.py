"""An admin signs a month of the own unit; whoever reads reports sees corrections."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from library.contributions.models import FrozenMonth
from library.units.models import Role
from tests.cast import Cast, member, person
from tests.library.contributions.conftest import Count

DAY = datetime.date(2026, 10, 9)
MONTH = {"month": "month-2026-10"}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-28T08:00:00Z"):
        yield


@pytest.fixture
def head(cast: Cast) -> User:
    head = person("ha")
    member(head, cast.district, Role.ADMIN)
    return head


def months(cast: Cast) -> str:
    return reverse("contributions_months", args=[cast.district.pk])


def sign(cast: Cast) -> str:
    return reverse("contributions_sign", args=[cast.district.pk])


def test_an_admin_signs_once(
    cast: Cast, counted: Count, head: User, client: Client
) -> None:
    counted(cast.school_a, DAY)
    client.force_login(head)
    assert "Chốt số liệu" in client.get(months(cast)).content.decode()
    page = client.post(sign(cast), MONTH, follow=True).content.decode()
    assert "Đã chốt Tháng 10 năm 2026." in page
    page = client.post(sign(cast), MONTH, follow=True).content.decode()
    assert "Mỗi tháng chỉ chốt một lần" in page
    assert FrozenMonth.objects.get().signed_by == "Ha"


def test_a_curator_reads_and_does_not_sign(
    cast: Cast, counted: Count, client: Client
) -> None:
    counted(cast.school_a, DAY)
    client.force_login(cast.minh)
    page = client.get(months(cast)).content.decode()
    assert "Tháng 10 năm 2026" in page
    assert sign(cast) not in page
    assert client.post(sign(cast), MONTH).status_code == 404


def test_beyond_the_own_units_nothing_is_found(
    cast: Cast, head: User, client: Client
) -> None:
    client.force_login(head)
    for name in ("contributions_months", "contributions_sign"):
        address = reverse(name, args=[cast.other_district.pk])
        assert client.post(address, MONTH).status_code in {404, 405}
        assert client.get(address).status_code in {404, 405}
    assert not FrozenMonth.objects.exists()


@pytest.mark.parametrize("month", ["", "x", "quarter-2026-1", "month-2026-13"])
def test_what_is_no_month_is_not_found(
    cast: Cast, head: User, client: Client, month: str
) -> None:
    client.force_login(head)
    assert client.post(sign(cast), {"month": month}).status_code == 404


def test_corrections_stand_in_the_report_and_in_the_files(
    cast: Cast, counted: Count, head: User, client: Client
) -> None:
    counted(cast.school_a, DAY)
    client.force_login(head)
    client.post(sign(cast), MONTH)
    counted(cast.school_a, DAY)
    query = {"period": "month-2026-10", "tree": "then"}
    report = reverse("contributions_report")
    assert "Điều chỉnh sau đó" in client.get(report, query).content.decode()
    for address, asked in ((report, query), (months(cast), {})):
        text = client.get(address, {**asked, "export": "csv"}).getvalue()
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        first = dict(zip(rows[0], rows[1], strict=True))
        assert (first["Đã chốt"], first["Điều chỉnh sau đó"]) == ("1", "1")
        letter = client.get(address, {**asked, "export": "pdf"})
        printed = PdfReader(io.BytesIO(letter.getvalue())).pages[0].extract_text()
        assert "THÀNH ĐOÀN ĐỒNG XOÀI" in printed
        assert "2 1 +1" in printed
