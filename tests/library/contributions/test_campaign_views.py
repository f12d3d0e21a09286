"""What a campaign asks for is changed by superusers, and written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from library.contributions import campaign_views
from library.contributions.models import Campaign
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def form(cast: Cast, clips: int, **changes: str) -> dict[str, str]:
    return {
        "name": "Đợt mới",
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
        "targets-TOTAL_FORMS": "1",
        "targets-INITIAL_FORMS": "0",
        "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "1000",
        "targets-0-unit": str(cast.school_b.pk),
        "targets-0-clips": str(clips),
    } | changes


def written() -> list[dict[str, Any]]:
    entries = ModelLogEntry.objects.filter(action=campaign_views.ACTION)
    return list(entries.order_by("pk").values_list("data", flat=True))


@pytest.fixture
def an(cast: Cast) -> Client:
    return signed_in(cast.an)


def test_each_change_tells_both_sides(cast: Cast, an: Client) -> None:
    an.post(reverse("campaigns:add"), form(cast, 7))
    campaign = Campaign.objects.get()
    (target,) = campaign.targets.all()
    there = {"targets-0-id": str(target.pk), "targets-INITIAL_FORMS": "1"}
    edit = reverse("campaigns:edit", args=[campaign.pk])
    an.post(edit, form(cast, 9, ends_on="2025-12-31", **there))
    an.post(reverse("campaigns:delete", args=[campaign.pk]))

    added, edited, deleted = written()
    assert added["before"] == deleted["after"] == {}
    assert added["after"] == edited["before"]
    assert edited["after"] == deleted["before"]
    assert edited["before"]["targets"] == [f"{cast.school_b.title}: 7"]
    assert edited["after"]["targets"] == [f"{cast.school_b.title}: 9"]
    assert edited["after"]["ends_on"] == "2025-12-31"


def test_saving_it_as_it_was_is_no_change(cast: Cast, an: Client) -> None:
    an.post(reverse("campaigns:add"), form(cast, 7))
    campaign = Campaign.objects.get()
    there = {
        "targets-0-id": str(campaign.targets.get().pk),
        "targets-INITIAL_FORMS": "1",
    }
    an.post(reverse("campaigns:edit", args=[campaign.pk]), form(cast, 7, **there))
    assert len(written()) == 1
