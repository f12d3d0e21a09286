"""How often codes may be guessed."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from library.invitations import tries
from library.invitations.models import WrongTry

pytestmark = pytest.mark.django_db


def visitor(address: str = "203.0.113.9") -> HttpRequest:
    request = RequestFactory().get("/loi-moi/", REMOTE_ADDR=address)
    request.session = SessionStore()
    return request


def test_a_session_has_ten_tries_and_another_one_its_own() -> None:
    guesser = visitor()
    for _ in range(tries.BY_SESSION):
        assert not tries.are_used_up(guesser)
        tries.count(guesser)
    assert tries.are_used_up(guesser)
    assert not tries.are_used_up(visitor())


def test_who_leaves_every_session_is_known_by_the_address() -> None:
    for _ in range(tries.BY_ADDRESS):
        tries.count(visitor())
    assert tries.are_used_up(visitor())
    assert not tries.are_used_up(visitor("203.0.113.10"))


def test_after_an_hour_one_may_try_again_and_the_rest_is_forgotten() -> None:
    guesser = visitor()
    for _ in range(tries.BY_SESSION):
        tries.count(guesser)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        assert not tries.are_used_up(guesser)
        tries.count(guesser)
        assert WrongTry.objects.count() == 2


def test_nothing_kept_tells_an_address_or_a_session() -> None:
    guesser = visitor()
    tries.count(guesser)
    kept = " ".join(WrongTry.objects.values_list("who", flat=True))
    assert "203.0.113.9" not in kept
    assert str(guesser.session.session_key) not in kept
