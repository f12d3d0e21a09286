"""A long clip in parts: the order of the work, what is kept, what goes, what is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Q
from pytest_django import Settings

from media_pipeline import division, steps, storage
from media_pipeline.discard import discard
from media_pipeline.jobs import claim, janitor, lease, worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Build, Package
from media_pipeline.steps import Priority
from tests.clips import clip

pytestmark = [
    pytest.mark.ffmpeg,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("local_storages"),
]

PARTS = 2  # of 26 seconds


@pytest.fixture(autouse=True)
def _small(settings: Settings) -> None:
    settings.LONG_CLIP_SECONDS = 20
    settings.PIECE_SECONDS = 12


def received(name: str = "long camera", staged_as: str = "film") -> Asset:
    source = clip(name)
    shutil.copy(source, Path(django_settings.STAGING_DIR) / staged_as)
    return steps.receive(staged_as, source.name, source.stat().st_size)


def run(until: Callable[[], object] = lambda: False) -> list[str]:
    """One job after the other, until there is none; the ends of their keys."""
    done: list[str] = []
    while not until() and (job := Job.objects.due().filter(queue=steps.QUEUE).first()):
        worker.run_best(steps.QUEUE)
        done.append("/".join(job.key.split("/")[2:]))
    return done


def work_is_gone() -> bool:
    return not (list(storage.stored_work()) or Job.objects.filter(kind=division.KIND))


# --- the way --------------------------------------------------------------------------


def test_a_long_clip_is_made_in_parts_the_lowest_rung_first() -> None:
    asset = received()
    done = run()
    number = asset.builds.get().pk
    first = [f"{number}/0/{name}" for name in ("00", "01", "sound")]
    rest = [f"{number}/1/{name}" for name in ("00", "01")]
    assert done == ["package", *first, "package", "package", *rest, "package"]
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole) == ("playable", True)
    assert [one.is_whole for one in asset.packages.order_by("pk")] == [False, True]
    assert asset.package is not None
    assert asset.package.manifest["seconds"]["cpu"] > 1
    assert asset.package.manifest["first_playable_s"] > 0
    assert len(asset.poster_urls) == 3
    assert asset.storyboard_url
    assert work_is_gone()
    assert asset.builds.get().ended_at is not None


def test_it_can_be_watched_when_the_first_phase_is_joined() -> None:
    asset = received()
    run(until=Package.objects.exists)
    asset.refresh_from_db()
    assert (asset.state, asset.is_playable, asset.is_whole) == (
        "watchable",
        True,
        False,
    )
    assert asset.package is not None
    assert [one["name"] for one in asset.package.manifest["renditions"]] == ["360p"]
    assert asset.package.manifest["audio"]
    assert work_is_gone()  # of the first phase; it is in the package now


def test_the_lowest_rung_of_every_clip_comes_before_the_high_rungs_of_the_first(
    settings: Settings,
) -> None:
    settings.LONG_CLIP_SECONDS, settings.TRANSCODE_COPY = 26.25, False
    long, middle = received("long slides"), received("long camera", "middle")
    short = received("camera", "short")
    seen: list[tuple[int, bool]] = []

    def look() -> None:
        for one in Asset.objects.order_by("pk"):
            if (place := (one.pk, one.is_whole)) not in seen and one.is_playable:
                seen.append(place)

    run(until=look)
    pks = {long.pk: "long", middle.pk: "middle", short.pk: "short"}
    assert [(pks[pk], is_whole) for pk, is_whole in seen] == [
        ("middle", False),
        ("short", True),
        ("long", False),
        ("middle", True),
        ("long", True),
    ]


def test_a_clip_that_comes_later_passes_the_parts_of_a_long_one() -> None:
    received()
    run(until=lambda: Job.objects.filter(kind=division.KIND, state="done").exists())
    short = received("camera", "short")
    worker.run_best(steps.QUEUE)
    short.refresh_from_db()
    assert short.is_whole
    waiting = Job.objects.due().filter(queue=steps.QUEUE)
    assert {job.priority for job in waiting} == {Priority.FIRST_OF_LONG}


def test_encoding_again_is_one_phase_of_parts_beside_the_package_that_plays() -> None:
    asset = received()
    run()
    asset.refresh_from_db()
    old = asset.package
    assert steps.reencode(asset)
    build = asset.builds.get(ended_at=None)
    assert len(run()) == 1 + PARTS + 1 + 1
    asset.refresh_from_db()
    assert (asset.state, asset.is_whole) == ("playable", True)
    assert asset.package != old
    assert asset.packages.count() == 3
    build.refresh_from_db()
    assert build.ended_at is not None
    assert work_is_gone()


def test_progress_adds_up_over_the_parts_and_never_falls() -> None:
    asset = received()
    told: list[float] = []
    run(until=lambda: told.append(Asset.objects.get(pk=asset.pk).progress))
    assert told == sorted(told)
    assert told[0] == 0
    watchable = next(n for n, one in enumerate(told) if one > 0.3)
    assert told[watchable] < 0.6
    assert told[-1] == 1


# --- what goes wrong ------------------------------------------------------------------


def test_a_damaged_source_found_by_one_part_refuses_all_and_leaves_nothing() -> None:
    asset = received("spoilt tail")
    done = run()
    assert done[-1].split("/")[-1] == "01"
    asset.refresh_from_db()
    assert (asset.state, asset.reason, asset.is_playable) == (
        "refused",
        "damaged",
        False,
    )
    assert Job.objects.get(key=asset.job_key).error.startswith("damaged")
    assert work_is_gone()
    assert not Package.objects.exists()
    assert not list(storage.stored_packages())


class Full(FileSystemStorage):
    """A disk that has no room for one file, for a while."""

    file = "none"

    def path(self, name: str) -> str:
        if self.file in name:
            raise OSError(28, "No space left on device")
        return super().path(name)


@pytest.fixture
def full(settings: Any) -> type[Full]:
    place = {**settings.STORAGES["originals"], "BACKEND": f"{__name__}.Full"}
    settings.STORAGES = {**settings.STORAGES, "originals": place}
    return Full


def fail_for_good(key_end: str) -> None:
    """Every try of that job."""
    while Job.objects.get(key__endswith=key_end).state != "failed":
        assert worker.run_best(steps.QUEUE)
        Job.objects.update(run_after="2020-01-01T00:00Z")


def test_a_part_that_fails_for_good_fails_the_clip_and_a_retry_keeps_what_is_done(
    full: type[Full],
) -> None:
    asset = received()
    run(until=lambda: Job.objects.filter(kind=division.KIND, state="done").exists())
    full.file = f"/{Job.objects.get(key__endswith='/0/01').pk}-"
    fail_for_good("/0/01")
    asset.refresh_from_db()
    assert (asset.state, asset.reason) == ("failed", "disk_full")
    assert "No space left" in asset.detail
    assert asset.message
    assert not Job.objects.filter(key__endswith="/sound").exists()
    full.file = "none"
    assert steps.retry(asset)
    again = run()
    assert not {key.split("/", 1)[-1] for key in again} & {"0/00"}
    asset.refresh_from_db()
    assert (asset.state, asset.detail, asset.is_whole) == ("playable", "", True)
    assert work_is_gone()


def test_joining_that_fails_keeps_the_parts_for_the_next_try(
    settings: Any, local_storages: Path
) -> None:
    place = {**settings.STORAGES["packages"], "BACKEND": f"{__name__}.Full"}
    settings.STORAGES = {**settings.STORAGES, "packages": place}
    Full.file = "master.m3u8"
    asset = received()
    run()
    job = Job.objects.get(key=asset.job_key)
    assert (job.state, job.attempt) == ("queued", 1)
    assert not list(storage.stored_packages())  # a full disk needs the room
    Full.file = "none"
    Job.objects.update(run_after="2020-01-01T00:00Z")
    assert run()[0] == "package"
    asset.refresh_from_db()
    assert asset.is_whole


def test_a_part_whose_worker_died_before_it_could_say_so_is_done_again() -> None:
    asset = received()
    worker.run_best(steps.QUEUE)
    job = claim.best(steps.QUEUE)
    assert job is not None
    with lease.kept(job):
        division.do_part(job)  # its files are stored; now it dies
    Job.objects.filter(pk=job.pk).update(lease_until="2020-01-01T00:00Z")
    assert janitor.take_back() == 1
    run()
    asset.refresh_from_db()
    assert asset.is_whole
    assert work_is_gone()  # what the dead one left too


def test_a_part_of_a_clip_that_is_over_does_nothing() -> None:
    asset = received()
    worker.run_best(steps.QUEUE)
    job = claim.best(steps.QUEUE)
    assert job is not None
    Asset.objects.filter(pk=asset.pk).update(state="refused")
    with pytest.raises(division.NotWantedError):
        division.do_part(job)


def test_a_clip_that_is_discarded_takes_its_parts_along() -> None:
    asset = received()
    run(until=lambda: Job.objects.filter(kind=division.KIND, state="done").exists())
    discard(Asset.objects.get(pk=asset.pk))
    assert run() == []
    assert work_is_gone()
    assert not Build.objects.exists()
    assert not Job.objects.filter(Q(kind="package") | Q(kind=division.KIND)).exists()


def test_a_plan_of_another_release_is_made_anew() -> None:
    asset = received()
    run(until=lambda: Job.objects.filter(kind=division.KIND, state="done").exists())
    build = asset.builds.get()
    del build.plan["ladder"]["quality"]
    build.save()
    Job.objects.filter(kind=division.KIND).exclude(state="done").delete()
    janitor.tidy()
    run()
    asset.refresh_from_db()
    assert asset.is_whole
    assert work_is_gone()


@pytest.mark.parametrize("name", ["plain slides", "plain camera"])
def test_a_top_rung_that_fits_is_copied_beside_encoded_parts(
    settings: Settings, name: str
) -> None:
    settings.LONG_CLIP_SECONDS, settings.PIECE_SECONDS = 15, 6
    asset = received(name)
    assert len(run()) > 4
    asset.refresh_from_db()
    assert asset.is_whole
    assert asset.package is not None
    first, *others = asset.package.manifest["renditions"]
    assert first["is_copy"]
    assert others
    assert not any(rung["is_copy"] for rung in others)
    assert work_is_gone()
