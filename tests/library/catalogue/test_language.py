"""Pages are Vietnamese whatever the browser asks for, English when one chose it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_english_browser_gets_vietnamese(client: Client, cast: Cast) -> None:
    page = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.content.decode()


def test_who_chose_english_gets_english(client: Client, cast: Cast) -> None:
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    page = client.get("/")
    assert '<html lang="en"' in page.content.decode()
    assert "Sign in" in page.content.decode()


def test_a_made_up_language_is_vietnamese(client: Client, cast: Cast) -> None:
    client.cookies["django_language"] = "xx"
    assert client.get("/").headers["Content-Language"] == "vi"
