"""A draft whose video does not do takes another file, by the same tus conversation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from library.clips import drafts
from library.clips.models import ClipPage
from library.review.setup import ensure_workflow
from library.uploads.models import UploadSession
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories
from tests.library.uploads.conversation import Browser, signed_in

pytestmark = pytest.mark.usefixtures("staging")


def refused_draft(people: Cast, **fields: Any) -> ClipPage:
    clip = factories.draft(people.school_a, people.lan, "Bí mật.mp4")
    refused = {"state": State.REFUSED, "reason": "damaged", **fields}
    drafts.attach(clip, factories.asset(playable=False, **refused))
    return clip


def test_another_file_comes_into_the_same_draft(lan: Browser, people: Cast) -> None:
    clip = refused_draft(people)
    old = Asset.objects.get()
    answer = lan.create(5, "", clip=clip.pk)
    assert answer.status == 201
    assert json.loads(answer.body)["clip"] == clip.pk
    path = urlsplit(answer.headers["location"]).path
    assert Asset.objects.get() == old  # until all of it is here
    assert lan.patch(path, 0, b"12345").status == 204
    asset = Asset.objects.get()
    assert asset != old
    assert ClipPage.objects.get().asset == asset


@pytest.mark.parametrize(
    "clip", ["", "0", "-1", "abc", "1.5", "٣", "1;drop", "9" * 18, "9" * 5000, "\x00"]
)
def test_a_clip_that_is_none_is_not_found(
    lan: Browser, people: Cast, clip: str
) -> None:
    answer = lan.create(5, "thpt-dong-xoai", clip=clip)
    assert answer.status == 404
    assert not UploadSession.objects.exists()


def test_nobody_learns_of_a_draft_that_is_not_theirs(
    lan: Browser, live_server: LiveServer, people: Cast
) -> None:
    clip = refused_draft(people)
    unknown = lan.create(5, "", clip=2**60)
    for other in (people.hoa, people.minh, people.bao, people.nam):
        answer = signed_in(live_server, other).create(5, "", clip=clip.pk)
        assert answer.status == 404
        assert answer.body == unknown.body
        assert "Bí mật".encode() not in answer.body
    guest = Browser(lan.host, "nobody")
    assert guest.create(5, "", clip=clip.pk).status == 401
    assert not UploadSession.objects.exists()


@pytest.mark.parametrize("state", [State.ENCODING, State.WATCHABLE, State.PLAYABLE])
def test_a_draft_whose_video_does_takes_no_other(
    lan: Browser, people: Cast, state: State
) -> None:
    clip = refused_draft(people, state=state, reason="")
    assert lan.create(5, "", clip=clip.pk).status == 409
    assert not UploadSession.objects.exists()


def test_a_draft_takes_one_other_file_at_a_time(lan: Browser, people: Cast) -> None:
    clip = refused_draft(people)
    assert lan.create(5, "", clip=clip.pk).status == 201
    assert lan.create(5, "", clip=clip.pk).status == 409
    UploadSession.objects.update(expires_at=timezone.now())
    assert lan.create(5, "", clip=clip.pk).status == 201


def test_a_file_that_comes_too_late_is_dropped_and_says_why(
    lan: Browser, people: Cast, staging: Path
) -> None:
    clip = refused_draft(people)
    path = urlsplit(lan.create(5, "", clip=clip.pk).headers["location"]).path
    ensure_workflow().start(clip, people.lan)
    answer = lan.patch(path, 0, b"12345")
    assert (answer.status, bool(answer.body)) == (410, True)
    assert ClipPage.objects.get().asset == Asset.objects.get()
    assert Asset.objects.get().reason == "damaged"
    assert list(staging.iterdir()) == []
    assert not UploadSession.objects.exists()
