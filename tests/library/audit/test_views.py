from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.log_actions import log

from library.units.models import Role
from tests.cast import Cast, member, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/log/"


@pytest.fixture
def reader(cast: Cast) -> Client:
    """Tú, who administers the district from now on."""
    member(cast.tu, cast.district, Role.ADMIN)
    sides = {"before": {"title": "THPT cũ"}, "after": {"title": "THPT mới"}}
    log(cast.school_a, "wagtail.edit", user=cast.an, data=sides)
    log(cast.school_c, "wagtail.edit", user=cast.an)
    return signed_in(cast.tu)


def test_it_tells_who_did_what_to_what_and_both_sides(
    reader: Client, cast: Cast
) -> None:
    answer = reader.get(ADDRESS)
    assertContains(answer, cast.school_a.title)
    assertContains(answer, "<del>THPT cũ</del> → <ins>THPT mới</ins>", html=False)
    assertNotContains(answer, cast.school_c.title)


@pytest.mark.parametrize("name", ["lan", "minh", "nam"])
def test_whoever_administers_no_unit_finds_no_such_page(cast: Cast, name: str) -> None:
    answer = signed_in(getattr(cast, name)).get(ADDRESS)
    assert answer.status_code == 404


def test_it_is_searched_without_marks(reader: Client, cast: Cast) -> None:
    assertContains(reader.get(ADDRESS, {"q": "thpt moi"}), "THPT mới")
    assertContains(reader.get(ADDRESS, {"q": "thpt moi"}), "20000")
    assertNotContains(reader.get(ADDRESS, {"q": "zqxd"}), "THPT mới")


def test_it_is_narrowed_by_act_and_by_day(reader: Client) -> None:
    assertContains(reader.get(ADDRESS, {"action": "wagtail.edit"}), "THPT mới")
    assertNotContains(reader.get(ADDRESS, {"action": "wagtail.move"}), "THPT mới")
    long_ago = {"timestamp_to": "2001-01-01"}
    assertNotContains(reader.get(ADDRESS, long_ago), "THPT mới")


@pytest.mark.parametrize(
    "odd",
    [
        {"p": "9999999"},
        {"action": "no.such"},
        {"timestamp_from": "x"},
        {"q": "\x00 ' % _ \\"},
        {"q": "a" * 9000},
    ],
)
def test_odd_choices_break_nothing(reader: Client, odd: dict[str, str]) -> None:
    assert reader.get(ADDRESS, odd).status_code == 200


@pytest.mark.parametrize("words", ["", "thpt moi"])
def test_the_file_says_what_the_page_says(reader: Client, words: str) -> None:
    answer = reader.get(ADDRESS, {"export": "csv", "q": words})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = [
        row
        for row in csv.reader(io.StringIO(text))
        if "tiêu đề: THPT cũ → THPT mới" in row
    ]
    assert len(rows) == 1
    assert reader.get(ADDRESS, {"export": "xlsx", "q": words}).status_code == 200


def test_the_newest_stands_first_across_pages_and_other_things(cast: Cast) -> None:
    log(cast.school_a, "wagtail.edit", user=cast.an)
    log(cast.lan, "wagtail.edit", user=cast.an)
    page = signed_in(cast.an).get(ADDRESS).content.decode()
    assert page.index(">lan<") < page.index(cast.school_a.title)


def test_it_costs_the_same_however_long_it_is(
    reader: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        log(cast.school_b, "wagtail.edit", user=cast.an)
    reader.get(ADDRESS)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        reader.get(ADDRESS)


@pytest.mark.parametrize("words", ["", "thpt moi"])
def test_its_entries_are_read_once(reader: Client, words: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = reader.get(ADDRESS, {"q": words}).content.decode()
    assert "THPT mới" in page
    reads = [
        row for row in queries if '"wagtailcore_pagelogentry"."data"' in row["sql"]
    ]
    assert len(reads) == 1


def test_what_is_not_there_any_more_has_no_link(cast: Cast) -> None:
    log(cast.bao, "wagtail.edit", user=cast.an)
    address = reverse("wagtailusers_users:edit", args=[cast.bao.pk])
    client = signed_in(cast.an)
    assertContains(client.get(ADDRESS), address)
    cast.bao.delete()
    answer = client.get(ADDRESS)
    assertContains(answer, "bao")
    assertNotContains(answer, address)


def test_it_stands_among_the_reports_in_wagtails_place(reader: Client) -> None:
    page = reader.get("/admin/").content.decode()
    assert reverse("audit:report") in page
    assert reverse("wagtailadmin_reports:site_history") not in page
