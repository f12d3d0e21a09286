"""The contributor's page of a draft that takes another file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library import journey
from library.clips import drafts
from library.clips.models import ClipPage
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories

FIELD = 'data-part="file"'


@pytest.fixture(autouse=True)
def staging(tmp_path: Path, settings: Any) -> None:
    settings.STAGING_DIR = tmp_path / "staging"


@pytest.fixture
def lan(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lan)
    return client


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.draft(cast.school_a, cast.lan)


def at(name: str, clip: ClipPage) -> str:
    return reverse(f"uploads:{name}", args=[clip.pk])


@pytest.fixture
def refused(clip: ClipPage) -> ClipPage:
    asset = factories.asset(playable=False, state=State.REFUSED, reason="damaged")
    drafts.attach(clip, asset)
    return clip


def test_a_refused_draft_says_why_and_takes_another_file(
    lan: Client, refused: ClipPage
) -> None:
    page = lan.get(at("clip", refused)).content.decode()
    uploader, _, rest = page.partition("data-details")
    assert refused.asset is not None
    assert refused.asset.message in uploader
    assert FIELD in uploader
    assert f'data-clip="{refused.pk}"' in uploader
    assert 'name="description"' in rest
    told = lan.get(at("status", refused)).json()
    assert told["lacks_video"] is True
    link = f'href="{at("clip", refused)}"'
    assert link in told["html"]
    assert link not in uploader
    listed = lan.get(reverse("uploads:my_clips")).content.decode()
    assert listed.count(link) == 2  # its title, and “choose another file”


def test_a_draft_with_a_video_has_no_field_for_a_file(
    lan: Client, clip: ClipPage
) -> None:
    assert FIELD in lan.get(at("clip", clip)).content.decode()
    drafts.attach(clip, factories.asset())
    assert FIELD not in lan.get(at("clip", clip)).content.decode()


def test_another_file_that_has_begun_is_offered_to_go_on(
    cast: Cast, lan: Client, refused: ClipPage
) -> None:
    session = journey.another_upload_started(cast.lan, refused, "Mới.mp4", 100)
    page = lan.get(at("clip", refused)).content.decode()
    assert f'data-upload-url="/dong-gop/tus/{session.uuid}/"' in page
    assert page.count(FIELD) == 1
    assert at("give_up", refused) in page
    assert "Mới.mp4" in lan.get(reverse("uploads:my_clips")).content.decode()
    told = lan.get(reverse("uploads:unfinished")).json()["uploads"]
    assert [(one["clip"], one["name"]) for one in told] == [(refused.pk, "Mới.mp4")]


def test_an_upload_that_is_given_up_leaves_the_draft_to_another_file(
    cast: Cast, lan: Client, clip: ClipPage
) -> None:
    journey.another_upload_started(cast.lan, clip, "Nhầm.mp4", 100)
    answer = lan.post(at("give_up", clip))
    assert answer.headers["Location"] == at("clip", clip)
    page = lan.get(at("clip", clip)).content.decode()
    assert FIELD in page
    assert at("give_up", clip) not in page


def test_a_colleagues_upload_is_not_given_up(
    cast: Cast, lan: Client, refused: ClipPage
) -> None:
    journey.another_upload_started(cast.an, refused, "Mới.mp4", 100)
    lan.post(at("give_up", refused))
    assert refused.uploads.exists()
    assert FIELD not in lan.get(at("clip", refused)).content.decode()
