"""Unit kinds are data that superusers edit in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from library.units.models import UnitKind
from tests.cast import Cast, signed_in


def test_unit_kinds_are_edited_by_superusers(cast: Cast) -> None:
    body = {"code": "doan-khoi", "name": "Đoàn khối", "short_name": "Khối", "rank": "2"}
    signed_in(cast.minh).post(reverse("unitkind:add"), body)
    assert not UnitKind.objects.filter(code="doan-khoi").exists()
    signed_in(cast.an).post(reverse("unitkind:add"), body)
    assert UnitKind.objects.get(code="doan-khoi").rank == 2


def test_the_list_speaks_vietnamese(cast: Cast) -> None:
    page = signed_in(cast.an).get(reverse("unitkind:index")).content.decode()
    assert "True" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "Đoàn khối"},
        {"rank": "9999999999999999999999999"},
        {"rank": "-1"},
    ],
)
def test_a_wrong_answer_is_explained(cast: Cast, wrong: dict[str, str]) -> None:
    body = {"code": "doan-khoi", "name": "Đoàn khối", "rank": "2", **wrong}
    answer = signed_in(cast.an).post(reverse("unitkind:add"), body)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not UnitKind.objects.filter(name="Đoàn khối").exists()
