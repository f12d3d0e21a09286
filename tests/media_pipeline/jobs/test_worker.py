"""Running one job in this process, and what SIGTERM does to a worker."""

from __future__ import annotations

import signal

import pytest

from media_pipeline import jobs
from media_pipeline.jobs import lease, worker
from media_pipeline.jobs.models import Job
from tests.machine import Machine

pytestmark = pytest.mark.django_db


def test_nothing_due_is_said_so() -> None:
    assert not worker.run_best("default")


def test_a_handler_gets_its_job_and_the_job_is_done() -> None:
    seen: list[tuple[str, bool]] = []
    jobs.register("test-worker", lambda job: seen.append((job.key, lease.is_lost(job))))
    jobs.request("a", "test-worker")
    assert worker.run_best("default")
    assert seen == [("a", False)]
    assert Job.objects.get().state == "done"


def test_an_error_of_the_handler_is_kept_for_the_operator() -> None:
    def fail(job: Job) -> None:
        raise ValueError("no such thing")

    jobs.register("test-worker", fail)
    jobs.request("a", "test-worker")
    worker.drain()
    assert (Job.objects.get().state, Job.objects.get().error) == (
        "queued",
        "no such thing",
    )


def test_a_handler_that_finds_itself_replaced_leaves_the_row_alone() -> None:
    def lose(job: Job) -> None:
        Job.objects.update(lease="another")
        lease.fence(job)

    jobs.register("test-worker", lose)
    jobs.request("a", "test-worker")
    worker.run_best("default")
    assert Job.objects.get().lease == "another"


def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it() -> None:
    jobs.request("a", "from-tomorrow")
    worker.drain()
    assert Job.objects.get().state == "queued"


def test_everything_due_is_drained_also_what_jobs_ask_for() -> None:
    def grow(job: Job) -> None:
        jobs.request("leaf", "leaf", queue="transcode")

    jobs.register("leaf", lambda _job: None)
    jobs.register("tree", grow)
    jobs.request("tree", "tree")
    assert worker.drain() == 2
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_signal_gives_the_job_back_and_then_reaches_the_process() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    try:
        jobs.register("test-worker", lambda _job: signal.raise_signal(signal.SIGTERM))
        jobs.request("a", "test-worker")
        assert worker.run_best("default")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]
    assert (Job.objects.get().state, Job.objects.get().attempt) == ("queued", 0)


def test_an_error_on_the_way_out_does_not_hide_the_signal() -> None:
    def clumsy(job: Job) -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            raise OSError("while cleaning up")

    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    try:
        jobs.register("test-worker", clumsy)
        jobs.request("a", "test-worker")
        worker.run_best("default")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]
    assert (Job.objects.get().state, Job.objects.get().attempt) == ("queued", 0)


@pytest.mark.process
def test_sigterm_ends_a_worker_at_once_and_another_takes_over(box: Machine) -> None:
    box.naps(seconds=4)
    first = box.worker()
    box.wait_for(lambda: box.diary_of("start"))
    first.send_signal(signal.SIGTERM)
    first.wait()
    assert not box.diary_of("end")
    job = box.jobs()["nap/0"]
    assert (job["state"], job["attempt"], job["lease"]) == ("queued", 0, "")
    box.worker()  # its hint was left by the first on its way out
    box.wait_for(lambda: box.diary_of("end"))
    assert box.jobs()["nap/0"]["attempt"] == 1
