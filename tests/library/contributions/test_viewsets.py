"""Campaigns and targets are edited by superusers alone, and never half."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from library.contributions.models import Campaign
from tests.cast import Cast


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    made: Campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2024, 12, 31),
    )
    return made


@pytest.mark.parametrize(("asked", "is_found"), [("it nhat", True), ("nhiều", False)])
def test_campaigns_are_found_without_marks(
    cast: Cast, campaign: Campaign, client: Client, asked: str, is_found: bool
) -> None:
    client.force_login(cast.an)
    found = client.get(reverse("campaigns:index_results"), {"q": asked})
    assert (campaign.name in found.content.decode()) is is_found


def test_campaigns_are_edited_by_superusers_alone(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    edit = reverse("campaigns:edit", args=[campaign.pk])
    client.force_login(cast.minh)
    assert client.get(edit).status_code == 302
    client.force_login(cast.an)
    form = {
        "name": "Đợt mới",
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
        "targets-TOTAL_FORMS": "1",
        "targets-INITIAL_FORMS": "0",
        "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "1000",
        "targets-0-unit": str(cast.school_b.pk),
        "targets-0-clips": "7",
    }
    assert client.get(edit).status_code == 200
    assert client.post(edit, form).status_code == 302
    campaign.refresh_from_db()
    assert campaign.name == "Đợt mới"
    assert campaign.targets.filter(unit=cast.school_b, clips=7).exists()


def test_a_target_for_nobody_is_refused(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    client.force_login(cast.an)
    form = {
        "name": "Đợt",
        "starts_on": "2024-01-01",
        "ends_on": "2023-12-31",
        "targets-TOTAL_FORMS": "1",
        "targets-INITIAL_FORMS": "0",
        "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "1000",
        "targets-0-clips": "7",
    }
    response = client.post(reverse("campaigns:add"), form)
    assert response.status_code == 200
    assert Campaign.objects.count() == 1
