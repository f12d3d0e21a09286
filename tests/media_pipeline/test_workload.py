"""The engine's work in numbers, told apart by queue, reason, day, and cost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from media_pipeline import jobs, steps
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package, StepRun
from media_pipeline.workload import (
    Backlog,
    Census,
    Lane,
    asset_of,
    census,
    lanes,
    steps_under_way,
    throughput,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_storages")]


def asset(state: str = "received", **fields: Any) -> Asset:
    return Asset.objects.create(file_name="bài.mp4", state=state, **fields)


def job(
    key: str, kind: str = "package", queue: str = steps.QUEUE, **fields: Any
) -> Job:
    made = jobs.request(key, kind, {"asset": int(key.split("/")[1])}, queue)
    Job.objects.filter(pk=made.pk).update(**fields)
    return made


def waits(found: Asset, **fields: Any) -> Job:
    return job(found.job_key, **fields)


def run(found: Asset, step: str, cpu_s: float | None = None, **fields: Any) -> StepRun:
    ended_at = None if cpu_s is None else timezone.now()
    made = StepRun.objects.create(
        asset=found, step=step, cpu_s=cpu_s, ended_at=ended_at
    )
    StepRun.objects.filter(pk=made.pk).update(**fields)
    return made


# --- queues ---------------------------------------------------------------------------


def test_jobs_are_counted_by_queue_and_kind_and_those_done_are_left_out() -> None:
    for number, state in enumerate(("queued", "queued", "running", "waiting")):
        job(f"asset/{number}/package", state=state)
    job("asset/8/package", state="failed")  # perhaps for its file: the census tells
    job("asset/9/package", state="done")
    job("asset/1/moved", "asset_moved", "default", state="failed")
    assert lanes() == [
        Lane("transcode", "package", queued=2, running=2, failed=None),
        Lane("default", "asset_moved", queued=0, running=0, failed=1),
    ]


def test_places_are_those_that_each_asset_says_of_itself() -> None:
    assets = [asset() for _ in range(5)]
    for found in assets:
        waits(found)
    job(f"asset/{assets[3].pk}/chunk/0", "part", priority=7)  # of a clip begun before
    Job.objects.filter(key=assets[1].job_key).update(priority=3)
    Job.objects.filter(key=assets[2].job_key).update(state="running")
    places = Backlog().places
    told = [places.get(found.job_key) for found in assets]
    assert told == [found.place for found in assets] == [3, 2, None, 3, 4]


def test_what_runs_names_its_asset_and_the_whole_job_is_found_by_it() -> None:
    first, second = asset("encoding"), asset("encoding")
    waits(first, state="waiting", progress=0.3)
    job(f"asset/{first.pk}/chunk/0", "part", state="running")
    waits(second, state="running")
    backlog = Backlog()
    assert {asset_of(one) for one in backlog.running} == {first.pk, second.pk}
    whole = backlog.job_of(first)
    assert whole is not None
    assert whole.progress == 0.3
    assert backlog.job_of(asset()) is None


def test_a_job_of_no_clip_has_no_asset() -> None:
    assert asset_of(Job(key="doctor/transcode")) is None


def test_the_backlog_is_read_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assets = [asset() for _ in range(3)]
    for found in assets:
        waits(found)
    backlog = Backlog()
    with django_assert_num_queries(1):
        assert len(backlog.places) == 3
        assert all(backlog.job_of(found) for found in assets)
        assert backlog.running == []


def test_the_step_under_way_is_the_last_that_began_unless_it_has_ended() -> None:
    running, killed, idle = asset(), asset(), asset()
    run(running, "probe", 1.0)
    run(running, "encode")
    run(killed, "encode")  # its worker was killed
    run(killed, "hold", 0.1)
    run(idle, "publish", 0.1)
    assert steps_under_way([running.pk, killed.pk, idle.pk]) == {running.pk: "encode"}


# --- counts ---------------------------------------------------------------------------


def test_assets_are_counted_by_state_and_what_ended_badly_by_reason() -> None:
    for state, reason in (
        ("failed", "storage"),
        ("failed", "disk_full"),
        ("failed", "disk_full"),
        ("refused", "damaged"),
        ("playable", ""),
    ):
        asset(state, reason=reason)
    told = census(Asset.objects.all())
    assert told.states == {"failed": 3, "refused": 1, "playable": 1}
    assert list(told.failed.items()) == [("disk_full", 2), ("storage", 1)]
    assert told.refused == {"damaged": 1}
    assert census(Asset.objects.none()) == Census({}, {}, {})


def test_throughput_is_what_became_whole_against_all_that_it_cost() -> None:
    done, failed = asset("playable", duration_ms=90_000), asset("failed")
    for is_whole in (False, True):  # a first rung alone is not a clip
        Package.objects.create(
            asset=done, prefix=f"{done.uuid}/{is_whole}", is_whole=is_whole
        )
    run(done, "encode", 20.0)
    run(failed, "encode", 10.0)
    run(failed, "encode")  # killed: nobody knows
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    told = throughput(Asset.objects.all(), hour_ago)
    assert (told.clips, told.video_s, told.cpu_s) == (1, 90, 30)
    assert told.video_per_cpu_s == 3
    mine = throughput(Asset.objects.filter(pk=done.pk), hour_ago)
    assert mine.video_per_cpu_s == 4.5


def test_what_lies_before_the_span_does_not_count() -> None:
    done = asset("playable", duration_ms=90_000)
    long_ago = timezone.now() - datetime.timedelta(days=8)
    package = Package.objects.create(asset=done, prefix="a", is_whole=True)
    Package.objects.filter(pk=package.pk).update(created_at=long_ago)
    run(done, "encode", 20.0, ended_at=long_ago)
    told = throughput(Asset.objects.all(), timezone.now() - datetime.timedelta(days=7))
    assert (told.clips, told.video_s, told.cpu_s) == (0, 0, 0)
    assert told.video_per_cpu_s is None
