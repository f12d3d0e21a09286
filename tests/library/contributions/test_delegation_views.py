"""Who administers a unit passes its target on, below that unit alone."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from library.contributions.models import Campaign, Target
from library.units.models import Role
from tests.cast import Cast, member, person


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    campaign: Campaign = Campaign.objects.create(
        name="Đợt",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2099, 12, 31),
    )
    campaign.targets.create(unit=cast.district, clips=10)
    campaign.save()
    return campaign


@pytest.fixture
def head(cast: Cast) -> User:
    head = person("ha")
    member(head, cast.district, Role.ADMIN)
    return head


def test_an_admin_is_led_to_the_own_unit_and_gives_targets(
    cast: Cast, campaign: Campaign, head: User, client: Client
) -> None:
    client.force_login(head)
    page = client.get(reverse("contributions_targets"), follow=True)
    assert "Thành đoàn Đồng Xoài" in page.content.decode()
    sent = {f"clips-{cast.school_a.pk}": "6", f"members-{cast.school_a.pk}": "900"}
    page = client.post(page.request["PATH_INFO"], sent, follow=True)
    assert "Đã ghi các chỉ tiêu." in page.content.decode()
    row = Target.objects.get(unit=cast.school_a)
    assert (row.clips, row.given_by) == (6, cast.district)


def test_a_number_that_cannot_be_is_explained(
    cast: Cast, campaign: Campaign, head: User, client: Client
) -> None:
    client.force_login(head)
    address = reverse("contributions_targets_of", args=[cast.district.pk])
    page = client.post(address, {f"clips-{cast.school_a.pk}": "0"}).content.decode()
    assert "errorlist" in page
    assert not Target.objects.filter(unit=cast.school_a).exists()


def test_beyond_the_own_units_nothing_is_found(
    cast: Cast, campaign: Campaign, head: User, client: Client
) -> None:
    for user, unit in ((head, cast.other_district), (cast.minh, cast.district)):
        client.force_login(user)
        address = reverse("contributions_targets_of", args=[unit.pk])
        sent = {f"clips-{cast.school_c.pk}": "6", f"clips-{cast.school_a.pk}": "6"}
        assert client.post(address, sent).status_code == 404
    assert Target.objects.count() == 1
    client.force_login(cast.minh)
    assert client.get(reverse("contributions_targets")).status_code == 404


def test_a_superuser_chooses_and_another_campaign_can_be_named(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    day = datetime.date(2020, 1, 1)
    old = Campaign.objects.create(name="Đợt cũ", starts_on=day, ends_on=day)
    client.force_login(cast.an)
    page = client.get(reverse("contributions_targets"), follow=True)
    assert "Tỉnh đoàn Bình Phước" in page.content.decode()
    address = reverse("contributions_targets_of", args=[cast.district.pk])
    client.post(f"{address}?campaign={old.pk}", {f"clips-{cast.school_a.pk}": "3"})
    assert Target.objects.get(unit=cast.school_a).campaign == old


def test_without_a_campaign_it_is_said(cast: Cast, head: User, client: Client) -> None:
    client.force_login(head)
    address = reverse("contributions_targets_of", args=[cast.district.pk])
    assert "Chưa có đợt vận động nào" in client.get(address).content.decode()
