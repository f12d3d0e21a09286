"""The engine's way of an asset, with real files through real ffmpeg."""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.db import transaction

from media_pipeline import binaries, states, steps, storage
from media_pipeline.errors import CancelledError, RefusedError
from media_pipeline.jobs import claim, worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package, StepRun
from media_pipeline.states import State
from media_pipeline.steps import Priority
from tests.clips import clip, ffmpeg

pytestmark = pytest.mark.django_db


def received(name: str) -> Asset:
    """The clip of tests/clips.py as an upload that is whole."""
    source = clip(name)
    shutil.copy(source, staged(name))
    return steps.receive(name, source.name, source.stat().st_size)


def staged(name: str) -> Path:
    return Path(django_settings.STAGING_DIR) / name


def scratch_is_empty() -> bool:
    folder = Path(django_settings.SCRATCH_DIR)
    return not folder.is_dir() or not any(folder.iterdir())


def end_pauses() -> None:
    Job.objects.update(run_after="2020-01-01T00:00Z")


def is_there(prefix: str, name: str) -> bool:
    return storages["packages"].exists(f"{prefix}/{name}")


# --- receiving ------------------------------------------------------------------------


def test_receiving_makes_a_row_and_its_job(local_storages: Path) -> None:
    asset = steps.receive("abc", "bài giảng.mp4", 5)
    assert (asset.state, asset.staged_as, asset.size) == ("received", "abc", 5)
    job = Job.objects.get()
    assert (job.key, job.queue) == (f"asset/{asset.pk}/package", "transcode")


def test_a_name_is_kept_in_composed_letters(local_storages: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "bài.mp4")
    assert steps.receive("abc", decomposed, 5).file_name == "bài.mp4" != decomposed


def test_receiving_is_part_of_the_callers_transaction(local_storages: Path) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        steps.receive("abc", "bài.mp4", 5)
        raise RuntimeError
    assert not Asset.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_empty_file_is_refused_before_any_worker_starts(
    local_storages: Path,
) -> None:
    staged("abc").touch()
    asset = steps.receive("abc", "bài.mp4", 0)
    assert (asset.state, asset.reason) == ("refused", "empty")
    assert not Job.objects.filter(kind="package").exists()
    assert not staged("abc").exists()


# --- the whole way --------------------------------------------------------------------


@pytest.mark.ffmpeg
@pytest.mark.usefixtures("any_storages")
def test_a_clip_goes_all_the_way() -> None:
    asset = received("camera")
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole, asset.reason) == ("playable", True, "")
    assert asset.sha256 == hashlib.sha256(clip("camera").read_bytes()).hexdigest()
    assert asset.duration_ms == pytest.approx(2000, abs=100)
    assert asset.source["width"] == 640
    assert asset.package is not None
    for name in ("master.m3u8", "download.mp4", "storyboard.vtt"):
        assert is_there(asset.package.prefix, name)
    assert [stored.key for stored in storage.stored_originals()] == [asset.original_key]
    assert (asset.staged_as, staged("camera").exists()) == ("", False)
    assert scratch_is_empty()
    assert Job.objects.get(kind="package").state == "done"


@pytest.mark.ffmpeg
def test_each_step_is_recorded_with_its_commands(local_storages: Path) -> None:
    asset = received("camera")
    worker.drain()
    runs = {run.step: run for run in StepRun.objects.filter(asset=asset)}
    assert list(reversed(runs)) == ["hold", "probe", "encode", "publish"]
    assert all(run.ended_at and not run.error for run in runs.values())
    assert any("ffprobe" in argv[0] for argv in runs["probe"].commands)
    assert any("ffmpeg" in argv[0] for argv in runs["encode"].commands)
    assert (runs["encode"].cpu_s or 0) > (runs["hold"].cpu_s or 0)


@pytest.mark.ffmpeg
def test_a_step_that_fails_keeps_its_commands_too(local_storages: Path) -> None:
    asset = received("short spoilt tail")
    worker.drain()
    run = StepRun.objects.get(asset=asset, step="encode")
    assert run.error.startswith("RefusedError: damaged")
    assert any("-var_stream_map" in argv for argv in run.commands)
    assert run.cpu_s


@pytest.mark.ffmpeg
def test_a_long_clip_with_one_rung_is_published_once(local_storages: Path) -> None:
    asset = received("long and small")
    worker.drain()
    package = Package.objects.get(asset=asset)
    assert (package.is_whole, len(package.manifest["renditions"])) == (True, 1)


@pytest.mark.ffmpeg
def test_a_longer_clip_can_be_watched_before_it_is_whole(local_storages: Path) -> None:
    asset = received("long camera")
    worker.drain()
    asset.refresh_from_db()
    whole, first = Package.objects.filter(asset=asset)
    assert asset.package == whole
    assert (first.is_whole, whole.is_whole) == (False, True)
    assert len(first.manifest["renditions"]) < len(whole.manifest["renditions"])
    assert first.prefix != whole.prefix
    # Somebody may be watching the first one.
    assert is_there(first.prefix, "master.m3u8")


@pytest.mark.ffmpeg
@pytest.mark.parametrize("state", ["received", "probed", "encoding"])
def test_a_job_that_is_run_again_goes_on_from_any_state(
    local_storages: Path, state: str
) -> None:
    asset = received("camera")
    key = storage.original_key(asset.uuid)
    storage.put_original(staged("camera"), key)  # the try before got so far
    Asset.objects.update(state=state, original_key=key, duration_ms=2000)
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole) == ("playable", True)
    assert not staged("camera").exists()


@pytest.mark.ffmpeg
def test_the_rest_is_the_same_jobs_next_run_and_encodes_nothing_twice(
    local_storages: Path,
) -> None:
    asset = received("long camera")
    assert worker.run_best("transcode")
    job = Job.objects.get(key=asset.job_key)
    assert (job.state, job.priority, job.attempt) == ("queued", Priority.REST, 0)
    asset.refresh_from_db()
    first = asset.package
    assert first is not None
    assert (asset.state, first.is_whole) == ("watchable", False)
    assert 0 < asset.progress < 0.8  # told now and then
    worker.drain()
    asset.refresh_from_db()
    assert asset.package is not None
    assert asset.package.manifest["first_playable_s"] > 0
    second = StepRun.objects.filter(step="encode").first()
    assert second is not None
    (encode,) = [argv for argv in second.commands if "libx264" in argv]
    assert not any("360p" in part or "aac" in part for part in encode)
    for name in ("360p/s_00000.m4s", "audio/s_00001.m4s"):
        files = [
            storages["packages"].open(f"{one.prefix}/{name}")
            for one in (first, asset.package)
        ]
        assert len({file.read() for file in files}) == 1
        for file in files:
            file.close()


@pytest.mark.ffmpeg
def test_the_lowest_rung_of_a_later_clip_comes_before_the_rest_of_an_earlier(
    local_storages: Path,
) -> None:
    early = received("long camera")
    assert worker.run_best("transcode")
    late = received("camera")
    assert worker.run_best("transcode")
    for asset in (early, late):
        asset.refresh_from_db()
    assert (early.state, late.state) == ("watchable", "playable")


@pytest.mark.ffmpeg
def test_a_clip_of_an_older_release_that_can_be_watched_ends_well(
    local_storages: Path,
) -> None:
    asset = received("long camera")
    assert worker.run_best("transcode")
    asset.builds.all().delete()  # there were none
    first = Package.objects.get()
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole) == ("playable", True)
    assert is_there(first.prefix, "master.m3u8")  # somebody may be watching it


@pytest.mark.ffmpeg
def test_a_killed_try_of_the_rest_leaves_the_first_rung_as_it_is(
    local_storages: Path,
) -> None:
    asset = received("long camera")
    assert worker.run_best("transcode")
    first = Package.objects.get()
    job = claim.best("transcode")
    assert job is not None
    with pytest.raises(CancelledError):  # no heartbeat keeps it: it is not ours
        steps.package(job)
    asset.refresh_from_db()
    assert (asset.state, asset.package) == ("watchable", first)
    assert [stored.key for stored in storage.stored_packages()] == [first.prefix]
    assert scratch_is_empty()


# --- what goes wrong ------------------------------------------------------------------


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("noise", "not_a_video"),
        ("sound only", "no_video"),
        ("rubbish inside", "damaged"),
        ("spoilt tail", "damaged"),
    ],
)
@pytest.mark.usefixtures("any_storages")
def test_a_bad_file_is_refused_and_leaves_nothing_public(
    name: str, reason: str
) -> None:
    asset = received(name)
    good = received("camera")
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.reason, asset.is_playable) == ("refused", reason, False)
    assert asset.original_key == ""  # the next sweep takes it
    job = Job.objects.get(key=asset.job_key)
    assert (job.state, job.attempt) == ("failed", 1)
    assert job.error.startswith(reason)
    good.refresh_from_db()
    assert good.state == "playable"  # the worker lives on
    assert good.package is not None
    kept = [stored.key for stored in storage.stored_packages()]
    assert kept == [good.package.prefix]
    assert scratch_is_empty()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_watchable_is_taken_away_when_the_file_is_refused_after_all(
    local_storages: Path, tmp_path: Path
) -> None:
    asset = steps.receive("abc", "bài.mp4", 5)
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "master.m3u8").write_text("#EXTM3U\n")
    prefix = storage.fresh_prefix(asset.uuid)
    storage.put_tree(tmp_path / "film", prefix)
    package = Package.objects.create(asset=asset, prefix=prefix)
    Asset.objects.update(state="watchable", package=package)
    job = claim.best("transcode")
    assert job is not None
    steps.gave_up(job, RefusedError("damaged", "half of it"))
    asset.refresh_from_db()
    assert (asset.state, asset.reason, asset.package) == ("refused", "damaged", None)
    assert list(storage.stored_packages()) == []
    assert not Package.objects.exists()


@pytest.mark.ffmpeg
def test_our_own_fault_is_tried_again_then_failed_then_retried(
    local_storages: Path,
) -> None:
    asset = received("camera")
    away = local_storages / "away"
    staged("camera").rename(away)
    for _ in range(5):
        assert worker.run_best("transcode")
        end_pauses()
    asset.refresh_from_db()
    assert (asset.state, asset.is_playable) == ("failed", False)
    assert (asset.reason, "is not there" in asset.detail) == ("storage", True)
    assert StepRun.objects.filter(step="hold").exclude(error="").count() == 5
    away.rename(staged("camera"))
    assert steps.retry(asset)
    assert not steps.retry(asset)
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.reason, asset.detail) == ("playable", "", "")


@pytest.mark.ffmpeg
def test_a_format_without_a_decoder_is_told_apart_and_can_be_retried(
    local_storages: Path, settings: LazySettings
) -> None:
    wheel = binaries._of_the_wheel()
    assert wheel is not None
    settings.FFMPEG_BINARY, settings.FFPROBE_BINARY = wheel  # it cannot decode AV1
    film = ("testsrc2=s=320x180:r=10:d=2", "-c:v", "libsvtav1", "-preset", "10")
    ffmpeg("-f", "lavfi", "-i", *film, "-f", "mp4", staged("film"))
    asset = steps.receive("film", "av1.mp4", staged("film").stat().st_size)
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.reason) == ("failed", "no_decoder")
    assert "AV1" in asset.message
    assert Job.objects.get(kind="package").attempt == 1
    assert steps.retry(asset)
    assert asset.reason == ""


def test_only_what_we_failed_can_be_retried(local_storages: Path) -> None:
    asset = steps.receive("abc", "bài.mp4", 5)
    assert not steps.retry(asset)
    states.move(asset, State.REFUSED, reason="damaged")
    assert not steps.retry(asset)


@pytest.mark.ffmpeg
def test_who_does_not_hold_the_job_publishes_nothing(local_storages: Path) -> None:
    asset = received("camera")
    job = claim.best("transcode")
    assert job is not None
    with pytest.raises(CancelledError):  # no heartbeat keeps it: it is not ours
        steps.package(job)
    asset.refresh_from_db()
    assert asset.state == "received"
    assert not Package.objects.exists()
    assert scratch_is_empty()


def test_an_asset_that_was_deleted_meanwhile_is_no_error(local_storages: Path) -> None:
    steps.receive("abc", "bài.mp4", 5).delete()
    worker.drain()
    assert Job.objects.get(kind="package").state == "done"
