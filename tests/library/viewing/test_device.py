"""What a device remembers: clips of the last hour, in a cookie that it cannot change."""

from __future__ import annotations

import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from library.viewing import device


def asked(cookie: str = "") -> HttpRequest:
    request = RequestFactory().post("/")
    request.COOKIES[device.COOKIE] = cookie
    return request


def after(request: HttpRequest, clip_id: int) -> str:
    response = HttpResponse()
    device.remember(request, response, clip_id)
    return response.cookies[device.COOKIE].value


def test_a_clip_is_remembered_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = after(asked(), 7)
    assert set(device.remembered(asked(cookie))) == {7}
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert device.remembered(asked(cookie)) == {}


def test_a_changed_cookie_is_an_empty_one() -> None:
    cookie = after(asked(), 7)
    assert device.remembered(asked(cookie[:-1])) == {}
    assert device.remembered(asked("\x00é")) == {}


def test_it_never_outgrows_a_cookie() -> None:
    cookie = ""
    for clip_id in range(10**9, 10**9 + 100):
        cookie = after(asked(cookie), clip_id)
    assert len(cookie) < 3500
    assert 10**9 + 99 in device.remembered(asked(cookie))
