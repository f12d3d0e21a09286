"""What the janitor takes back, revives and forgets."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media_pipeline import jobs
from media_pipeline.jobs import claim, hints, janitor, worker
from media_pipeline.jobs.models import Job
from tests.machine import machine

pytestmark = pytest.mark.django_db

WAGTAILS = "wagtail.tasks.update_reference_index_task"


def running_job() -> Job:
    jobs.request("a", "test")
    job = claim.best("default")
    assert job is not None
    return job


def running_task(path: str, minutes: float) -> DBTaskResult[..., object]:
    started_at = timezone.now() - datetime.timedelta(minutes=minutes)
    task = DBTaskResult.objects.create(
        task_path=path,
        status=TaskResultStatus.RUNNING,
        started_at=started_at,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=started_at,
        exception_class_path="",
        traceback="",
    )
    assert isinstance(task, DBTaskResult)
    return task


def test_a_job_that_is_kept_stays_with_its_worker() -> None:
    running_job()
    assert janitor.take_back() == 0
    assert Job.objects.get().state == "running"


def test_an_expired_lease_is_taken_back_and_the_try_counts() -> None:
    running_job()
    Job.objects.update(lease_until=F("lease_until") - datetime.timedelta(minutes=5))
    assert janitor.take_back() == 1
    job = Job.objects.get()
    assert (job.state, job.attempt) == ("queued", 1)
    assert "is gone" in job.error
    assert claim.is_due("default")


def test_a_worker_that_is_surely_gone_is_not_waited_for() -> None:
    job = running_job()
    *who, _start = job.worker.split("|")
    Job.objects.update(worker="|".join([*who, "1"]))
    assert janitor.take_back() == 1
    assert Job.objects.get().state == "queued"


def test_a_job_that_kills_every_worker_ends_as_failed() -> None:
    ended: list[str] = []
    jobs.register(
        "test", lambda _job: None, gave_up=lambda _job, e: ended.append(str(e))
    )
    running_job()
    Job.objects.update(max_attempts=1, lease_until="2020-01-01T00:00Z")
    assert janitor.take_back() == 1
    assert Job.objects.get().state == "failed"
    assert "is gone" in ended[0]


def test_lost_tasks_of_other_apps_run_again_and_young_ones_are_left() -> None:
    lost, young = running_task(WAGTAILS, 11), running_task(WAGTAILS, 9)
    janitor.revive_tasks()
    lost.refresh_from_db()
    young.refresh_from_db()
    assert (lost.status, young.status) == ("READY", "RUNNING")


def test_a_lost_hint_is_ended_not_repeated() -> None:
    path = hints.run_best_job.module_path
    encode, lost = running_task(path, 60), running_task(path, 25 * 60)
    janitor.revive_tasks()
    encode.refresh_from_db()
    lost.refresh_from_db()
    assert (encode.status, lost.status) == ("RUNNING", "FAILED")


def test_messages_of_days_ago_are_forgotten() -> None:
    old, new = running_task("x", 0), running_task("x", 0)
    ended = timezone.now() - datetime.timedelta(days=3)
    for task, finished_at in ((old, ended), (new, timezone.now())):
        DBTaskResult.objects.filter(pk=task.pk).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=finished_at
        )
    janitor.forget_old_tasks()
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [new.pk]


def test_one_round_does_all_of_it(folders: object) -> None:
    jobs.register("test", lambda _job: None)
    running_job()
    Job.objects.update(lease_until="2020-01-01T00:00Z")
    janitor.tidy()
    assert worker.drain() == 1
    assert (
        DBTaskResult.objects.filter(task_path=hints.run_best_job.module_path).count()
        >= 2
    )


@pytest.mark.process
def test_a_killed_workers_job_goes_on_with_another_before_its_lease_ends(
    tmp_path: Path,
) -> None:
    with machine(tmp_path, JOB_LEASE_SECONDS="3600") as box:
        box.naps(seconds=2)
        victim = box.worker()
        box.wait_for(lambda: box.diary_of("start"))
        box.worker()
        box.start("janitor", "--verbosity", "0")
        box.wait_for(lambda: "Starting worker" in box.log())
        victim.kill()  # and nobody reaps it: a zombie is gone too
        box.wait_for(lambda: len(box.diary_of("start")) == 2)
        box.wait_for(lambda: box.diary_of("end"))
        assert box.jobs()["nap/0"]["attempt"] == 2
