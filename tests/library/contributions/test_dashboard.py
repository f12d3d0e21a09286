"""The overview: every part of it says what the report says, about the same units."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.http import QueryDict
from django.utils import translation

from library.contributions import rollup
from library.contributions.dashboard import Dashboard, dashboard, overview_of
from library.contributions.models import Campaign
from library.contributions.rollup import Report
from library.units.models import UnitPage
from tests.cast import Cast
from tests.library.contributions.conftest import Count

TODAY = datetime.date(2026, 11, 28)


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def campaign(cast: Cast, counted: Count) -> Campaign:
    campaign = Campaign.objects.create(
        name="Đợt",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
    )
    campaign.targets.create(unit=cast.province, clips=10)
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=4)
    campaign.save()
    for _number in range(3):
        counted(cast.school_a, datetime.date(2026, 11, 2))
    counted(cast.school_b, datetime.date(2026, 9, 1))
    return campaign


def everything(report: Report) -> Report:
    return report


def whole() -> Report:
    return rollup.report(rollup.question(as_of=TODAY))


def found() -> Dashboard:
    return dashboard(whole(), everything)


def test_every_table_has_a_name_of_its_own(campaign: Campaign) -> None:
    assert list(found().tables) == [
        "tong-quan",
        "theo-thang",
        "xep-hang-school",
        "xep-hang-district",
        "cho-duyet",
        "chua-co",
    ]


def test_the_tree_shows_two_levels_with_the_sums_of_all(campaign: Campaign) -> None:
    tree = found().tables["tong-quan"]
    assert [(row.cells[0], row.cells[5]) for row in tree.rows] == [
        ("binh-phuoc", 4),
        ("dong-xoai", 4),
        ("bu-dang", 0),
    ]
    assert tree.total is not None
    assert tree.total[5] == 4


def test_who_has_nothing_is_who_should_bring_something(
    cast: Cast, campaign: Campaign
) -> None:
    assert [row.cells[:4] for row in found().nothing.rows] == [
        ("thpt-bu-dang", "Đoàn trường THPT Bù Đăng", "school", "Huyện đoàn Bù Đăng")
    ]


def test_a_unit_that_ended_is_not_asked_for_anything(
    cast: Cast, campaign: Campaign
) -> None:
    UnitPage.objects.filter(pk=cast.school_c.pk).update(ended_on=TODAY)
    assert list(found().nothing.rows) == []
    league = found().tables["xep-hang-school"]
    assert [row.cells[0] for row in league.rows] == [
        "thpt-dong-xoai",
        "thpt-hung-vuong",
    ]


def test_a_unit_leads_to_its_own_overview_and_back(campaign: Campaign) -> None:
    part = whole().below("dong-xoai")
    seen = dashboard(part, lambda report: report.below("dong-xoai"))
    overview = overview_of(seen, QueryDict("unit=dong-xoai&tree=then"), whole())
    assert overview.heading == "Thành đoàn Đồng Xoài"
    assert overview.crumbs == (("Tỉnh đoàn Bình Phước", "unit=binh-phuoc&tree=then"),)
    overview = overview_of(found(), QueryDict(""), whole())
    links = [row.row.url for row in overview.tree.rows]
    assert links == ["", "?unit=dong-xoai", "?unit=bu-dang"]
    assert overview.crumbs == ()


def test_the_campaign_is_drawn_for_the_unit_that_has_a_target(
    campaign: Campaign,
) -> None:
    track = overview_of(found(), QueryDict(""), whole()).track
    assert track is not None
    assert (track.filled, track.tone) == (160.0, "behind")
    assert track.words == (
        "4 trên 10 clip đến ngày 31/12/2026; đã qua 91 % thời gian (vạch đứng)."
    )


def test_the_chart_says_its_months_in_words(campaign: Campaign) -> None:
    chart = overview_of(found(), QueryDict(""), whole()).chart
    assert "Tháng 11 năm 2026: 3" in chart.words
    assert [column.value for column in chart.columns][-3:] == ["1", "0", "3"]


def test_an_empty_library_has_an_overview(db: None) -> None:
    overview = overview_of(found(), QueryDict(""), whole())
    assert (overview.leagues, overview.track) == ((), None)
    assert overview.tree.rows == []
