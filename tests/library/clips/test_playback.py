from __future__ import annotations

import dataclasses

import pytest

from library.clips import captions
from library.clips.models import CaptionTrack, ClipPage
from library.clips.playback import Rendition, captions_hash, playback_of, poster_of
from media_pipeline.models import Asset
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.clips import factories


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return playable_clip(cast.school_a, cast.lan)


def with_manifest(clip: ClipPage, **more: object) -> Asset:
    asset = clip.asset
    assert asset is not None
    assert asset.package is not None
    asset.package.manifest = {**asset.package.manifest, **more}
    return asset


def test_a_playable_clip_has_addresses_sizes_and_length(clip: ClipPage) -> None:
    playback = playback_of(clip)
    assert playback.is_ready
    assert playback.playlist_url.endswith("/master.m3u8")
    assert playback.download_bytes == 1_000_000
    assert playback.duration_ms == 24_000
    assert playback.renditions == (Rendition("360p", 640, 360, 990_000),)
    assert dataclasses.is_dataclass(playback)


def test_the_largest_picture_comes_first_and_counts_its_sound(clip: ClipPage) -> None:
    rungs = [
        {"name": "360p", "width": 360, "height": 640, "bytes": 10},
        {"name": "720p", "width": 720, "height": 1280, "bytes": 30},
    ]
    with_manifest(clip, renditions=rungs, audio={"bytes": 5})
    playback = playback_of(clip)
    assert [each.name for each in playback.renditions] == ["720p", "360p"]
    assert [each.bytes for each in playback.renditions] == [35, 15]
    assert playback.is_tall
    assert playback.renditions[0].short_side == 720


def test_a_clip_without_sound_costs_its_picture_alone(clip: ClipPage) -> None:
    with_manifest(clip, audio=None)
    assert playback_of(clip).renditions[0].bytes == 900_000


def test_a_clip_that_waits_for_its_encoding_is_not_ready(cast: Cast) -> None:
    waiting = factories.ready(cast.school_a, cast.lan, playable=False)
    assert not playback_of(waiting).is_ready
    assert not playback_of(factories.draft(cast.school_a, cast.lan)).is_ready


def test_a_poster_that_is_not_there_any_more_gives_way_to_the_first(
    clip: ClipPage,
) -> None:
    asset = with_manifest(clip, poster="poster-1.jpg", posters=["poster-2.jpg"])
    clip.poster_choice = 1
    assert poster_of(clip, asset).endswith("poster-2.jpg")
    clip.poster_choice = 7
    assert poster_of(clip, asset).endswith("poster-1.jpg")


def test_other_words_are_another_address(clip: ClipPage, cast: Cast) -> None:
    captions.take(
        clip, cast.lan, "vi", b"WEBVTT\n\n00:01.000 --> 00:02.000\nXin chao\n"
    )
    track = CaptionTrack.objects.get(clip=clip)
    before = captions_hash(track)
    assert before in playback_of(ClipPage.objects.get(pk=clip.pk)).captions[0].url
    track.vtt += "\n"
    assert captions_hash(track) != before
