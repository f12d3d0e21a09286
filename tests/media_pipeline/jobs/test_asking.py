"""Asking for work is safe to repeat and part of the caller's transaction."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from media_pipeline import jobs
from media_pipeline.jobs import claim, outcome, worker
from media_pipeline.jobs.models import Job

pytestmark = pytest.mark.django_db


def nothing(job: Job) -> None: ...


@pytest.fixture(autouse=True)
def _kind() -> None:
    jobs.register("test", nothing)


def test_a_request_makes_one_row_and_one_hint() -> None:
    job = jobs.request("a", "test", spec={"n": 1}, queue="transcode", priority=3)
    assert (job.state, job.spec, job.priority, job.attempt) == (
        "queued",
        {"n": 1},
        3,
        0,
    )
    assert [hint.queue_name for hint in DBTaskResult.objects.all()] == ["transcode"]


def test_asking_again_while_it_waits_keeps_one_job_with_the_newest_wish() -> None:
    jobs.request("a", "test", spec={"n": 1})
    jobs.request("a", "test", spec={"n": 2}, priority=5)
    job = Job.objects.get()
    assert (job.spec, job.priority, job.state) == ({"n": 2}, 5, "queued")
    assert worker.drain() == 1


def test_asking_again_while_it_runs_has_it_run_once_more() -> None:
    seen: list[int] = []

    def ask_twice(job: Job) -> None:
        seen.append(job.spec["n"])
        if job.spec["n"] < 2:
            jobs.request("a", "test-again", spec={"n": 2})
            jobs.request("a", "test-again", spec={"n": 2})

    jobs.register("test-again", ask_twice)
    jobs.request("a", "test-again", spec={"n": 1})
    worker.drain()
    assert seen == [1, 2]
    assert Job.objects.get().state == "done"


def test_what_is_done_is_queued_anew_from_the_first_try() -> None:
    jobs.request("a", "test")
    worker.drain()
    assert Job.objects.get().state == "done"
    job = jobs.request("a", "test")
    assert (job.state, job.attempt, job.finished_at, job.progress) == (
        "queued",
        0,
        None,
        0,
    )
    assert worker.drain() == 1


def test_a_pause_after_an_error_ends_when_somebody_asks_again() -> None:
    class PassingError(Exception):
        pass

    def fail(job: Job) -> None:
        raise PassingError

    jobs.register("test-fail", fail)
    jobs.request("a", "test-fail")
    assert worker.run_best("default")
    assert not worker.run_best("default")  # it pauses
    jobs.request("a", "test-fail")
    assert worker.run_best("default")


def test_a_request_vanishes_with_the_callers_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        jobs.request("a", "test")
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_package_offers_these_names_alone() -> None:
    assert jobs.__all__ == ["cancel", "register", "request"]
    with pytest.raises(AttributeError):
        jobs.claim_everything  # type: ignore[attr-defined]  # noqa: B018


def test_a_job_that_nobody_wants_is_gone_and_its_worker_has_lost_it() -> None:
    jobs.request("a", "test")
    jobs.request("b", "test")
    held = claim.best("default")
    assert held is not None
    jobs.cancel("a", "never asked for")
    assert [job.key for job in Job.objects.all()] == ["b"]
    assert not outcome.finish(held)
