"""What everybody sees of a campaign is what the report says, and nothing private."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from library.clips.models import ClipKind
from library.contributions import crews, rollup
from library.contributions.models import Campaign
from library.contributions.public import track_of_unit
from library.units.models import UnitPage
from tests.cast import Cast, unit
from tests.library.contributions.conftest import Count

ADDRESS = "/tien-do/"


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    today = timezone.localdate()
    campaign: Campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=today - datetime.timedelta(days=50),
        ends_on=today + datetime.timedelta(days=49),
    )
    campaign.targets.create(unit=cast.province, clips=100)
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=4)
    campaign.save()
    return campaign


def today() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


def test_the_page_says_how_far_the_campaign_is(
    cast: Cast, campaign: Campaign, counted: Count, client: Client
) -> None:
    counted(cast.school_a, today())
    counted(cast.school_c, today())
    page = client.get(ADDRESS).content.decode()
    assert "Ít nhất 100 clip" in page
    assert "2 trên 100 clip" in page
    assert 'href="/don-vi/dong-xoai/"' in page
    assert page.count('role="img"') == 2


@pytest.mark.parametrize("table", ["tien-do", "theo-thang"])
def test_each_table_can_be_taken_along(
    cast: Cast, campaign: Campaign, counted: Count, client: Client, table: str
) -> None:
    counted(cast.school_a, today())
    page = client.get(ADDRESS).content.decode()
    for kind in ("xlsx", "csv"):
        query = f"?table={table}&export={kind}"
        assert f'href="{query}"'.replace("&", "&amp;") in page
        response = client.get(ADDRESS + query)
        assert f"{table}-" in response["Content-Disposition"]
        assert response.getvalue()
    assert "export=pdf" not in page


def test_a_taken_table_says_what_the_page_says(
    cast: Cast, campaign: Campaign, counted: Count, client: Client
) -> None:
    counted(cast.school_a, today())
    response = client.get(ADDRESS + "?table=tien-do&export=csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    told = {row["Đơn vị"]: row["Tổng"] for row in rows}
    assert told[cast.province.title] == "1"
    assert told[cast.district.title] == "1"
    assert told[cast.other_district.title] == "0"


@pytest.mark.parametrize(
    "query",
    ["export=pdf&table=tien-do", "export=csv", "export=csv&table=khac", "export="],
)
def test_a_file_that_is_not_offered_is_not_there(
    cast: Cast, client: Client, query: str
) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code == 404


def test_without_a_campaign_it_is_said(cast: Cast, client: Client) -> None:
    assert "Hiện không có đợt vận động nào." in client.get(ADDRESS).content.decode()


def test_an_empty_library_has_the_page(client: Client, db: None) -> None:
    assert client.get(ADDRESS).status_code == 200


def test_a_unit_that_is_held_back_is_not_named(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    PageViewRestriction.objects.create(
        page=cast.other_district, restriction_type=PageViewRestriction.LOGIN
    )
    page = client.get(ADDRESS).content.decode()
    assert "Bù Đăng" not in page
    assert "Đồng Xoài" in page


def test_queries_do_not_grow_with_units(
    cast: Cast, campaign: Campaign, counted: Count, client: Client
) -> None:
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for number in range(4):
        above = UnitPage.objects.get(pk=cast.province.pk)
        counted(unit(above, f"huyen-{number}", f"Huyện {number}", "district"), today())
    with CaptureQueriesContext(connection) as many:
        assert "Huyện 3" in client.get(ADDRESS).content.decode()
    assert len(many) == len(few)


def test_a_units_page_shows_its_own_way(
    cast: Cast, campaign: Campaign, counted: Count, client: Client
) -> None:
    counted(cast.school_a, today())
    page = client.get("/don-vi/thpt-dong-xoai/").content.decode()
    assert "1 trên 4 clip" in page
    assert ADDRESS in page
    assert "vạch đứng" not in client.get("/don-vi/dong-xoai/").content.decode()


def test_its_numbers_are_the_reports(
    cast: Cast, campaign: Campaign, counted: Count
) -> None:
    lecture = ClipKind.objects.create(code="bai-giang-thu", name="Bài giảng")
    campaign.targets.create(unit=cast.school_b, clip_kind=lecture, clips=2)
    campaign.save()
    counted(cast.school_a, today())
    counted(cast.school_a, today() - datetime.timedelta(days=100))  # before it
    counted(cast.school_b, today(), kind=lecture)
    counted(cast.school_b, today(), until=timezone.localdate())
    counted(
        cast.school_c, today(), crew=crews.crew([cast.school_a.pk, cast.school_b.pk])
    )
    report = {each.pk: each for each in rollup.report(rollup.question()).units}
    for page in (cast.province, cast.school_a, cast.school_b, cast.school_c):
        track = track_of_unit(UnitPage.objects.get(pk=page.pk))
        told = report[page.pk]
        assert track is not None
        assert track.words.startswith(f"{told.toward} trên {told.target} clip")
        assert track.tone == told.state
