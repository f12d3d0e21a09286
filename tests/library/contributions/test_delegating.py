"""A unit's target is passed on to those below it; what the campaign says stays."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from library.contributions import delegating, rollup
from library.contributions.delegating import Delegation
from library.contributions.models import Campaign, Headcount, Target
from library.units.models import UnitKind, UnitPage
from tests.cast import Cast, unit


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    campaign: Campaign = Campaign.objects.create(
        name="Đợt",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
    )
    campaign.targets.create(unit=cast.district, clips=10)
    campaign.save()
    return campaign


def of_district(cast: Cast, campaign: Campaign) -> Delegation:
    return delegating.delegation(campaign, UnitPage.objects.get(pk=cast.district.pk))


def give(cast: Cast, campaign: Campaign, **clips: int | None) -> None:
    wanted = {getattr(cast, name).pk: number for name, number in clips.items()}
    delegating.delegate(of_district(cast, campaign), wanted, {}, cast.minh)


def test_what_is_passed_on_is_the_units_target(cast: Cast, campaign: Campaign) -> None:
    give(cast, campaign, school_a=6, school_b=3)
    found = of_district(cast, campaign)
    assert [(s.unit.code, s.given) for s in found.shares] == [
        ("thpt-dong-xoai", 6),
        ("thpt-hung-vuong", 3),
    ]
    assert (found.target, found.passed_on, found.left) == (10, 9, 1)
    rows = {row.code: row.target for row in rollup.report(rollup.question()).units}
    assert (rows["thpt-dong-xoai"], rows["dong-xoai"]) == (6, 10)


def test_more_than_the_target_is_told(cast: Cast, campaign: Campaign) -> None:
    give(cast, campaign, school_a=6, school_b=7)
    found = of_district(cast, campaign)
    assert (found.left, found.surplus) == (-3, 3)


def test_what_is_taken_back_is_gone(cast: Cast, campaign: Campaign) -> None:
    give(cast, campaign, school_a=6, school_b=3)
    give(cast, campaign, school_a=None, school_b=3)
    assert of_district(cast, campaign).passed_on == 3
    assert Target.objects.filter(given_by=cast.district).count() == 1


def test_what_the_campaign_says_is_not_changed(cast: Cast, campaign: Campaign) -> None:
    campaign.targets.create(unit=cast.school_a, clips=5)
    campaign.save()
    give(cast, campaign, school_a=1, school_b=2)
    found = of_district(cast, campaign)
    assert [(s.fixed, s.given) for s in found.shares] == [(5, None), (None, 2)]
    assert found.passed_on == 7


def test_a_kinds_target_is_the_least(cast: Cast, campaign: Campaign) -> None:
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=2)
    campaign.save()
    found = of_district(cast, campaign)
    assert [(s.least, s.clips) for s in found.shares] == [(2, 2), (2, 2)]


def test_units_that_ended_or_hold_no_targets_get_none(
    cast: Cast, campaign: Campaign
) -> None:
    UnitPage.objects.filter(pk=cast.school_a.pk).update(
        ended_on=datetime.date(2025, 7, 1)
    )
    assert [s.unit.code for s in of_district(cast, campaign).shares] == [
        "thpt-hung-vuong"
    ]
    UnitKind.objects.filter(code="school").update(holds_targets=False)
    assert of_district(cast, campaign).shares == ()


def test_members_are_written_and_taken_back(cast: Cast, campaign: Campaign) -> None:
    pk = cast.school_a.pk
    for members in (900, 950, None):
        delegating.delegate(of_district(cast, campaign), {}, {pk: members}, cast.minh)
        known = Headcount.objects.filter(unit=pk).values_list("members", flat=True)
        assert list(known) == ([members] if members else [])


def test_the_log_tells_who_gave_what(cast: Cast, campaign: Campaign) -> None:
    give(cast, campaign, school_a=6, school_b=3)
    give(cast, campaign, school_a=6, school_b=4)
    give(cast, campaign, school_a=6, school_b=4)  # nothing new
    logged = PageLogEntry.objects.filter(action=delegating.ACTION).order_by("pk")
    assert [entry.data for entry in logged][1:] == [
        {
            "campaign": "Đợt",
            "before": {"thpt-hung-vuong": 3},
            "after": {"thpt-hung-vuong": 4},
        }
    ]
    assert logged[0].user == cast.minh


def test_queries_do_not_grow_with_units(cast: Cast, campaign: Campaign) -> None:
    with CaptureQueriesContext(connection) as few:
        of_district(cast, campaign)
    for number in range(4):
        above = UnitPage.objects.get(pk=cast.district.pk)
        unit(above, f"truong-{number}", "T", "school")
    with CaptureQueriesContext(connection) as many:
        assert len(of_district(cast, campaign).shares) == 6
    assert len(many) == len(few)
