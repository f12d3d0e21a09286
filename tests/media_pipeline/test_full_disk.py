"""A disk that is really full, at each place where a clip needs room: the clip fails in
words, leaves nothing half-made, and ends whole when there is room again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from media_pipeline import steps, storage
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset
from tests.media_pipeline.test_steps import end_pauses, received

pytestmark = [
    pytest.mark.ffmpeg,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ("-t", "tmpfs", "-o", "size=300k", "tmpfs")
    argv = ["mount", *options, str(place)]
    done = subprocess.run(argv, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def larger(disk: Path) -> None:
    subprocess.run(
        ["mount", "-o", "remount,size=50m", str(disk)], check=True, capture_output=True
    )


def until_it_fails(asset: Asset) -> None:
    while not asset.has_failed:
        assert worker.run_best(steps.QUEUE)
        end_pauses()
        asset.refresh_from_db()


def at(settings: Settings, alias: str, disk: Path) -> None:
    """That storage is on the small disk."""
    place = settings.STORAGES[alias]
    options = {**place["OPTIONS"], "location": str(disk)}
    settings.STORAGES = {**settings.STORAGES, alias: {**place, "OPTIONS": options}}


@pytest.mark.parametrize("where", ["scratch", "packages", "originals"])
@pytest.mark.parametrize("in_parts", [False, True], ids=["whole", "in parts"])
def test_a_full_disk_fails_the_clip_in_words_and_is_no_end(
    where: str,
    in_parts: bool,
    small_disk: Path,
    local_storages: Path,
    settings: Settings,
) -> None:
    if in_parts:
        settings.LONG_CLIP_SECONDS, settings.PIECE_SECONDS = 20, 12
    if where == "scratch":
        settings.SCRATCH_DIR = small_disk
    else:
        at(settings, where, small_disk)
    asset = received("long camera")
    until_it_fails(asset)
    assert (asset.reason, asset.is_whole) == ("disk_full", False)
    assert "No space left on device" in asset.detail
    assert asset.message
    assert not list((local_storages / "scratch").glob("*"))
    known = {package.prefix for package in asset.packages.all()}
    assert {found.key for found in storage.stored_packages()} == known
    larger(small_disk)
    assert steps.retry(asset)
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole, asset.detail) == ("playable", True, "")
    assert not list(storage.stored_work())
    assert not list(small_disk.rglob(".*"))  # half-written files of the failed tries
    assert Job.objects.get(kind="package").state == "done"
