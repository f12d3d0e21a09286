"""A claimed job is kept by its heartbeat, and who lost it writes nothing."""

from __future__ import annotations

import datetime
import os
import signal
import time

import pytest
from django.db import OperationalError, transaction
from django.db.models.functions import Now
from pytest_django import Settings

from media_pipeline import jobs
from media_pipeline.jobs import claim, lease
from media_pipeline.jobs.models import Job
from tests.machine import machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    jobs.request("a", "test")
    found = claim.best("default")
    assert found is not None
    return found


def taken_by_another() -> None:
    Job.objects.update(lease="another")


def test_a_kept_job_is_not_lost_and_a_left_one_is(job: Job) -> None:
    with lease.kept(job):
        assert not lease.is_lost(job)
    assert lease.is_lost(job)


def test_a_process_that_is_to_stop_lets_all_its_jobs_go(job: Job) -> None:
    with lease.kept(job):
        lease.let_go()
        assert lease.is_lost(job)


def test_progress_is_written_at_most_once_a_second(job: Job) -> None:
    with lease.kept(job):
        lease.report(job, 0.25, 12.4)
        lease.report(job, 0.5, 6)
    job.refresh_from_db()
    assert (job.progress, job.seconds_left) == (0.25, 12)


def test_progress_stays_between_nothing_and_all(job: Job) -> None:
    with lease.kept(job):
        lease.report(job, 1.7, -3)
    job.refresh_from_db()
    assert (job.progress, job.seconds_left) == (1, 0)


def test_a_further_try_does_not_lower_progress_until_it_is_ahead(job: Job) -> None:
    Job.objects.update(progress=0.6, state="queued")  # the worker was killed
    again = claim.best("default")
    assert again is not None
    assert again.progress == 0.6
    for fraction, shown in ((0.1, 0.6), (0.7, 0.7)):
        with lease.kept(again):
            lease.report(again, fraction)
        assert Job.objects.get().progress == shown


def test_progress_of_a_lost_job_is_not_written(job: Job) -> None:
    with lease.kept(job):
        taken_by_another()
        lease.report(job, 0.25)
    assert Job.objects.get().progress == 0


def test_the_fence_holds_only_for_whoever_has_the_lease(job: Job) -> None:
    with transaction.atomic():
        lease.fence(job)
    taken_by_another()
    with pytest.raises(lease.LostError), transaction.atomic():
        lease.fence(job)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_write_is_tried_again_while_the_database_is_away(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 10
    tries: list[int] = []

    def write() -> str:
        tries.append(1)
        if len(tries) < 2:
            raise OperationalError("the server closed the connection")
        return "written"

    assert lease.patiently(write) == "written"
    assert len(tries) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_patience_ends_with_the_lease(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 0

    def write() -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        lease.patiently(write)


@pytest.mark.process
def test_the_heartbeat_keeps_a_job_longer_than_its_lease(
    tmp_path: os.PathLike[str],
) -> None:
    with machine(tmp_path, JOB_LEASE_SECONDS="2") as box:  # type: ignore[arg-type]
        box.naps(seconds=5)
        box.worker()
        box.start("janitor")
        box.wait_for(lambda: box.diary_of("end"))
        assert len(box.diary_of("start")) == 1


@pytest.mark.process
def test_a_frozen_worker_loses_its_job_and_wakes_without_harm(
    tmp_path: os.PathLike[str],
) -> None:
    with machine(tmp_path, JOB_LEASE_SECONDS="2") as box:  # type: ignore[arg-type]
        box.naps(seconds=3)
        frozen = box.worker()
        box.wait_for(lambda: box.diary_of("start"))
        os.kill(frozen.pid, signal.SIGSTOP)
        box.start("janitor")
        box.worker()
        box.wait_for(lambda: len(box.diary_of("start")) == 2)
        os.kill(frozen.pid, signal.SIGCONT)
        box.wait_for(lambda: box.diary_of("end"))
        box.wait_for(lambda: box.diary_of("lost"))
        time.sleep(0.5)
        assert len(box.diary_of("end")) == 1
        assert box.diary_of("lost")[0].endswith(str(frozen.pid))
        assert box.jobs()["nap/0"]["state"] == "done"
        assert box.jobs()["nap/0"]["attempt"] == 2


def test_a_lease_lasts_as_long_as_the_settings_say(job: Job) -> None:
    soon = Now() + datetime.timedelta(seconds=59)
    assert Job.objects.filter(lease_until__gt=soon).exists()
    assert not Job.objects.filter(
        lease_until__gt=Now() + datetime.timedelta(seconds=61)
    ).exists()
