"""A form that was open too long is answered in Vietnamese, with a way on."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.mark.django_db
def test_a_stale_form_is_explained(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/dang-nhap/", {"username": "lan", "password": "x"})
    assert answer.status_code == 403
    assert "gửi lại" in answer.content.decode()
