"""What an asset says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from media_pipeline import jobs, steps
from media_pipeline.jobs import claim
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package, StepRun

MANIFEST = {
    "master": "master.m3u8",
    "download": {"file": "download.mp4", "bytes": 9},
    "poster": "poster-2.jpg",
    "posters": ["poster-2.jpg", "poster-1.jpg"],
    "storyboard": "storyboard.vtt",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_storages")]


def asset(state: str = "received", **fields: object) -> Asset:
    return Asset.objects.create(file_name="bài.mp4", state=state, **fields)


def with_package(found: Asset, *, is_whole: bool = True, **manifest: object) -> Asset:
    found.package = Package.objects.create(
        asset=found,
        prefix=f"{found.uuid}/v1",
        manifest=MANIFEST | manifest,
        is_whole=is_whole,
    )
    found.save()
    return found


def test_it_plays_as_soon_as_there_is_a_package() -> None:
    assert not asset("encoding").is_playable
    first = with_package(asset("watchable"), is_whole=False)
    assert (first.is_playable, first.is_whole) == (True, False)
    whole = with_package(asset("playable"))
    assert (whole.is_playable, whole.is_whole) == (True, True)
    assert set(Asset.objects.playable()) == {first, whole}


def test_a_failure_later_on_does_not_stop_what_already_plays() -> None:
    failed = with_package(asset("failed"), is_whole=False)
    assert failed.is_playable
    assert failed in Asset.objects.playable()


def test_addresses_are_those_of_the_current_package() -> None:
    found = with_package(asset("playable"))
    base = f"/packages/{found.uuid}/v1"
    assert found.url("720p/0.m4s") == f"{base}/720p/0.m4s"
    assert found.playlist_url == f"{base}/master.m3u8"
    assert found.download_url == f"{base}/download.mp4"
    assert found.poster_url == f"{base}/poster-2.jpg"
    assert found.poster_urls == [f"{base}/poster-2.jpg", f"{base}/poster-1.jpg"]
    assert found.storyboard_url == f"{base}/storyboard.vtt"


def test_without_a_package_there_are_no_addresses() -> None:
    found = asset()
    assert found.url("master.m3u8") == ""
    assert found.playlist_url == found.download_url == found.storyboard_url == ""
    assert found.poster_urls == []


def test_a_first_package_without_pictures_has_a_playlist_alone() -> None:
    nothing: dict[str, object] = {
        "download": None,
        "poster": None,
        "posters": [],
        "storyboard": None,
    }
    found = with_package(asset("watchable"), is_whole=False, **nothing)
    assert found.playlist_url.endswith("/master.m3u8")
    assert (found.download_url, found.poster_urls, found.storyboard_url) == ("", [], "")


def waits(found: Asset, **fields: object) -> Job:
    job = jobs.request(found.job_key, "package", {"asset": found.pk}, queue=steps.QUEUE)
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


def test_its_place_counts_the_clips_that_are_claimed_before_it() -> None:
    first, urgent, last = asset(), asset(), asset()
    for found, priority in ((first, 0), (urgent, 5), (last, 0)):
        waits(found, priority=priority)
    jobs.request("asset/9/moved", "asset_moved", {"asset": 9})  # of another queue
    assert [found.place for found in (urgent, first, last)] == [1, 2, 3]
    assert claim.best(steps.QUEUE)
    assert [found.place for found in (urgent, first, last)] == [None, 1, 2]


def test_a_clip_of_several_jobs_takes_one_place_and_is_never_before_itself() -> None:
    long, short = asset(), asset()
    for number in range(3):
        jobs.request(
            f"asset/{long.pk}/{number}", "package", {"asset": long.pk}, steps.QUEUE
        )
    waits(long)
    waits(short)
    assert (long.place, short.place) == (1, 2)


def test_who_is_done_or_was_never_asked_for_has_no_place() -> None:
    assert asset().place is None
    done = asset("playable")
    waits(done)
    assert done.place is None


def test_progress_is_that_of_its_job() -> None:
    found = asset("encoding")
    assert (found.progress, found.seconds_left) == (0, None)
    Job.objects.create(
        key=found.job_key,
        kind="package",
        run_after="2026-01-01T00:00Z",
        hint_at="2026-01-01T00:00Z",
        progress=0.4,
        seconds_left=90,
    )
    assert (found.progress, found.seconds_left) == (0.4, 90)
    found.state = "playable"
    assert (found.progress, found.seconds_left) == (1, None)
    found.state = "refused"
    assert (found.progress, found.seconds_left) == (0, None)


def test_a_refusal_is_told_in_words_and_a_failure_blames_us() -> None:
    with translation.override("en"):
        assert "damaged" in asset("refused", reason="damaged").message
        assert "our side" in asset("failed", detail="Traceback …").message
        assert asset("encoding").message == ""


def test_a_format_that_we_cannot_read_is_named_with_one_that_we_can() -> None:
    found = asset("failed", reason="no_decoder", source={"video_codec": "av1"})
    with translation.override("en"):
        assert "AV1" in found.message
        assert "H.264" in found.message


def test_each_try_of_a_step_is_recorded_with_its_end() -> None:
    found = asset()
    with StepRun.record(found, "probe") as run:
        assert StepRun.objects.get().seconds is None
        run.commands = [["ffprobe", "x"]]
    run = StepRun.objects.get()
    assert (run.step, run.commands, run.error) == ("probe", [["ffprobe", "x"]], "")
    assert run.seconds is not None


def test_a_failed_try_is_recorded_with_its_error() -> None:
    with pytest.raises(OSError, match="disk full"), StepRun.record(asset(), "encode"):
        raise OSError("disk full")
    assert StepRun.objects.get().error == "OSError: disk full"
    assert StepRun.objects.get().ended_at is not None


def test_the_engine_is_over_with_what_cannot_move_by_itself(
    local_storages: Path,
) -> None:
    over = {
        state for state in ("playable", "refused", "failed") if asset(state).is_over
    }
    assert over == {"playable", "refused", "failed"}
    assert not asset("watchable").is_over
