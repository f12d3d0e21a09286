"""Programs say what they are; phones and computers do too."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from library.visitors import is_robot

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
