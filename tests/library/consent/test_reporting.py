"""Anybody reports a problem from a clip's page, without an account or JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from library.clips.models import ClipPage
from library.consent.models import Problem
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = pytest.mark.django_db
TOLD = {"reason": "image", "words": "Con tôi có trong clip", "email": ""}


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan)


def address(clip: ClipPage) -> str:
    return f"/clip/{clip.pk}/bao-loi/"


def test_the_watch_page_leads_there(client: Client, clip: ClipPage) -> None:
    page = client.get(f"/{clip.public_path()}").content.decode()
    assert address(clip) in page
    assert client.get(address(clip)).status_code == 200


def test_what_is_sent_becomes_a_row(client: Client, clip: ClipPage) -> None:
    answer = client.post(address(clip), TOLD, follow=True)
    assert "Cảm ơn bạn" in answer.content.decode()
    row = Problem.objects.get()
    assert (row.clip, row.reason, row.state) == (clip, "image", "new")


@pytest.mark.parametrize(
    "change",
    [{"words": "  "}, {"reason": ""}, {"reason": "x"}, {"email": "no address"}],
)
def test_what_is_incomplete_is_said_and_what_was_typed_stays(
    client: Client, clip: ClipPage, change: dict[str, str]
) -> None:
    answer = client.post(address(clip), {**TOLD, **change})
    assert answer.status_code == 422
    assert not Problem.objects.exists()


def test_too_many_are_refused_with_the_words_kept(
    client: Client, clip: ClipPage, settings: Any
) -> None:
    settings.PROBLEMS_PER_HOUR = 0
    answer = client.post(address(clip), TOLD)
    assert answer.status_code == 429
    assert TOLD["words"] in answer.content.decode()
    assert not Problem.objects.exists()


def test_a_form_of_another_site_is_refused(clip: ClipPage) -> None:
    assert Client(enforce_csrf_checks=True).post(address(clip), TOLD).status_code == 403


def test_of_what_is_not_public_there_is_no_page(client: Client, cast: Cast) -> None:
    draft = factories.ready(cast.school_a, cast.lan)
    assert client.get(address(draft)).status_code == 404
    assert client.get(f"{address(draft)}xong/").status_code == 404
