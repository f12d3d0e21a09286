"""Encoding a clip again beside the package that plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_pipeline import steps, storage
from media_pipeline.jobs import worker
from media_pipeline.models import Asset
from tests.clips import clip
from tests.media_pipeline.test_steps import end_pauses, is_there, received

pytestmark = pytest.mark.django_db


def playable(name: str) -> Asset:
    asset = received(name)
    worker.drain()
    asset.refresh_from_db()
    assert asset.is_whole
    return asset


@pytest.mark.ffmpeg
def test_a_clip_that_is_encoded_again_plays_whole_until_its_row_switches(
    local_storages: Path,
) -> None:
    asset = playable("long camera")
    old = asset.package
    assert old is not None
    assert steps.reencode(asset)
    assert not steps.reencode(asset)  # it is on its way
    seen: set[tuple[str, bool]] = set()
    while worker.run_best("transcode"):
        asset.refresh_from_db()
        seen.add((asset.state, asset.is_whole))
    assert seen == {("playable", True)}
    assert asset.package is not None
    assert asset.package.prefix != old.prefix
    assert is_there(old.prefix, "master.m3u8")  # somebody may be watching it
    assert is_there(asset.package.prefix, "download.mp4")


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("instead", "code", "says"),
    [("spoilt tail", "damaged", "damaged"), (None, "storage", "is not there")],
)
def test_encoding_again_in_vain_keeps_the_old_package(
    local_storages: Path, instead: str | None, code: str, says: str
) -> None:
    asset = playable("camera")
    old = asset.package
    assert old is not None
    storage.delete_original(asset.original_key)
    if instead is not None:
        storage.put_original(clip(instead), asset.original_key)
    assert steps.reencode(asset)
    while worker.run_best("transcode"):
        end_pauses()
    asset.refresh_from_db()
    assert (asset.state, asset.package, asset.is_whole) == ("playable", old, True)
    assert (asset.reason, says in asset.detail) == (code, True)
    assert asset.original_key
    assert [stored.key for stored in storage.stored_packages()] == [old.prefix]
    assert steps.reencode(asset)  # once more, when the cause is mended
    assert (asset.reason, asset.detail) == ("", "")


def test_only_a_whole_clip_whose_original_is_kept_is_encoded_again(
    local_storages: Path,
) -> None:
    asset = steps.receive("abc", "bài.mp4", 5)
    assert not steps.reencode(asset)
    whole = Asset.objects.create(file_name="bài.mp4", state="playable")
    assert not whole.may_be_reencoded
    assert not steps.reencode(whole)
