"""Unit kinds are data that superusers edit in the admin."""

from __future__ import annotations

from django.urls import reverse

from library.units.models import UnitKind
from tests.cast import Cast, signed_in


def test_unit_kinds_are_edited_by_superusers(cast: Cast) -> None:
    body = {"code": "doan-khoi", "name": "Đoàn khối", "short_name": "Khối", "rank": "2"}
    signed_in(cast.minh).post(reverse("unitkind:add"), body)
    assert not UnitKind.objects.filter(code="doan-khoi").exists()
    signed_in(cast.an).post(reverse("unitkind:add"), body)
    assert UnitKind.objects.get(code="doan-khoi").rank == 2
