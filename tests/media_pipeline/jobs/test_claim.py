"""One conditional UPDATE: a job has one worker, and the most urgent goes first."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models.functions import Now

from media_pipeline import jobs
from media_pipeline.jobs import claim, identity
from media_pipeline.jobs.models import Job
from tests.machine import Machine


@pytest.mark.django_db
def test_a_claim_takes_the_row_with_a_lease_of_its_own() -> None:
    jobs.request("a", "test")
    job = claim.best("default")
    assert job is not None
    assert (job.state, job.attempt, job.worker) == ("running", 1, identity.mine())
    assert len(job.lease) == 32
    assert Job.objects.filter(lease_until__gt=Now()).exists()
    assert claim.best("default") is None


@pytest.mark.django_db
def test_of_two_who_saw_the_same_job_one_takes_it() -> None:
    job = jobs.request("a", "test")
    assert claim._take(job.pk, "mine")
    assert not claim._take(job.pk, "theirs")
    assert Job.objects.get().lease == "mine"


@pytest.mark.django_db
def test_greater_priority_goes_first_then_who_waits_longest() -> None:
    for key, priority in (("late", 0), ("urgent", 5), ("later", 0)):
        jobs.request(key, "test", priority=priority)
    taken = [job.key for _ in range(3) if (job := claim.best("default"))]
    assert taken == ["urgent", "late", "later"]


@pytest.mark.django_db
def test_queues_are_apart_and_the_future_waits() -> None:
    jobs.request("a", "test", queue="transcode")
    assert claim.best("default") is None
    assert claim.is_due("transcode")
    Job.objects.update(run_after=Now() + claim.lease_time())
    assert not claim.is_due("transcode")
    assert claim.best("transcode") is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_who_claim_at_once_on_postgresql_get_each_another() -> None:
    for number in range(60):
        jobs.request(f"race/{number}", "test")
    taken: list[str] = []

    def take() -> None:
        while job := claim.best("default"):
            taken.append(job.key)
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 60
    assert len(set(taken)) == 60


@pytest.mark.process
def test_two_processes_never_start_the_same_job(box: Machine) -> None:
    box.naps(40)
    workers = [box.worker(), box.worker()]
    box.wait_for(lambda: len(box.diary_of("end")) == 40)
    starts = [line.split() for line in box.diary_of("start")]
    assert set(Counter(key for _, key, _ in starts).values()) == {1}
    assert len({pid for *_, pid in starts}) == len(workers)
