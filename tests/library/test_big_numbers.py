"""Numbers too large for any row: 404 everywhere, never an error of the database."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db
HUGE = 10**20


@pytest.mark.parametrize(
    "address",
    [
        f"/clip/x-{HUGE}/",
        f"/clip/{HUGE}/qr.svg",
        f"/clip/1/phu-de-{HUGE}-abc.vtt",
        f"/chuyen-de/x-{HUGE}/",
        f"/dong-gop/clip/{HUGE}/",
        f"/admin/review/{HUGE}/",
        f"/admin/pages/{HUGE}/edit/",
        f"/admin/pages/{HUGE}/history/",
        f"/admin/unit-members/{HUGE}/end/",
    ],
)
def test_a_huge_number_is_not_found(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.an)
    assert client.get(address).status_code == 404


def test_the_greatest_number_a_row_can_have_is_asked_for(
    client: Client, cast: Cast
) -> None:
    assert client.get(f"/clip/x-{2**63 - 1}/").status_code == 404


def test_a_huge_number_in_a_form_is_not_found_either(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.an)
    form = {"person": "nam", "unit": HUGE, "role": "admin", "valid_from": "2026-01-01"}
    assert client.post("/admin/unit-members/add/", form).status_code == 404
