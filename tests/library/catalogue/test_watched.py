"""A view is counted for somebody who watched: once in an hour, and of no one who works here."""

from __future__ import annotations

import time

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.viewing import counting, device, tickets
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120 Mobile"


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan, title="Đường tròn")


def tell(clip: ClipPage, client: Client, agent: str = PHONE) -> HttpResponseBase:
    """As the page does once ten seconds were played."""
    ticket = tickets.issue(clip.pk, 0)
    return client.post(
        reverse("catalogue:watched", args=[clip.pk]),
        {"ticket": ticket},
        headers={"User-Agent": agent},
    )


def views(clip: ClipPage) -> int:
    return counting.totals([clip.pk]).get(clip.pk, 0)


def test_each_device_counts_once_in_an_hour(
    clip: ClipPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, tablet = Client(), Client()
    assert tell(clip, phone).status_code == 204
    assert tell(clip, phone).status_code == 204
    assert views(clip) == 1
    tell(clip, tablet)
    assert views(clip) == 2
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + device.AN_HOUR_S + 1)
    tell(clip, phone)
    assert views(clip) == 3


def test_another_clip_in_the_same_hour_counts(clip: ClipPage, cast: Cast) -> None:
    other = factories.live(cast.school_a, cast.lan, title="Mặt cầu")
    phone = Client()
    tell(clip, phone)
    tell(other, phone)
    tell(clip, phone)
    assert (views(clip), views(other)) == (1, 1)


def test_people_who_work_here_are_not_counted(clip: ClipPage, cast: Cast) -> None:
    for person in (cast.lan, cast.an):
        client = Client()
        client.force_login(person)
        assert tell(clip, client).status_code == 204
    assert views(clip) == 0


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1", "curl/8.5", "python-requests/2.32"]
)
def test_programs_are_not_counted(clip: ClipPage, agent: str) -> None:
    assert tell(clip, Client(), agent).status_code == 204
    assert views(clip) == 0


def test_without_a_ticket_nothing_counts(clip: ClipPage) -> None:
    address = reverse("catalogue:watched", args=[clip.pk])
    agent = {"User-Agent": PHONE}
    assert Client().post(address, headers=agent).status_code == 400
    early = {"ticket": tickets.issue(clip.pk, 600_000)}
    assert Client().post(address, early, headers=agent).status_code == 400
    assert Client().get(address).status_code == 405
    assert views(clip) == 0


def test_what_is_not_public_has_no_views(clip: ClipPage) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(live=False)
    assert tell(clip, Client()).status_code == 404


def test_pages_say_how_often(clip: ClipPage, cast: Cast) -> None:
    page = reverse("catalogue:clip", args=[clip.slug, clip.pk])
    assert "lượt xem" not in Client().get(page).content.decode()
    tell(clip, Client())
    assert "1 lượt xem" in Client().get(page).content.decode()
    unit = reverse("catalogue:unit", args=[cast.district.code])
    assert "1 lượt xem" in Client().get(unit).content.decode()
    mine = Client()
    mine.force_login(cast.lan)
    assert "1 lượt xem" in mine.get(reverse("uploads:my_clips")).content.decode()
