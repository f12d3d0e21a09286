"""Programs say what they are; phones and computers do too; addresses are not believed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from library.visitors import address, is_robot

PEOPLE = (
    "Mozilla/5.0 (Linux; Android 12; SM-A127F) AppleWebKit/537.36 Chrome/120.0 Mobile",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Version/17.2 Mobile Safari/604",
    "Mozilla/5.0 (Windows NT 10.0; rv:121.0) Gecko/20100101 Firefox/121.0",
)
PROGRAMS = ("", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5.0")


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_no_robots(agent: str) -> None:
    assert not is_robot(RequestFactory().get("/", headers={"User-Agent": agent}))


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are(agent: str) -> None:
    assert is_robot(RequestFactory().get("/", headers={"User-Agent": agent}))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "<script>", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_address_is_what_our_outermost_proxy_saw(
    settings: Settings, proxies: int, forwarded: str, found: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded}
    assert address(RequestFactory().get("/", headers=headers)) == found
