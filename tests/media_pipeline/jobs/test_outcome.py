"""How a claimed job ends, and that nobody ends another's."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import F
from django.db.models.functions import Now

from media_pipeline import jobs
from media_pipeline.jobs import claim, outcome
from media_pipeline.jobs.models import Job

pytestmark = pytest.mark.django_db

AT_ONCE = datetime.timedelta(0)
given_up: list[tuple[str, str]] = []


class PassingError(Exception):
    pass


class HopelessError(Exception):
    permanent = True


def note(job: Job, error: Exception) -> None:
    given_up.append((job.key, job.state))


@pytest.fixture
def job() -> Job:
    given_up.clear()
    jobs.register("test-outcome", lambda _job: None, gave_up=note)
    jobs.request("a", "test-outcome", max_attempts=2)
    found = claim.best("default")
    assert found is not None
    return found


def test_a_finished_job_is_done(job: Job) -> None:
    assert outcome.finish(job)
    row = Job.objects.get()
    assert (row.state, row.progress, row.lease) == ("done", 1, "")
    assert row.finished_at is not None


def test_a_passing_error_is_tried_again_after_a_pause(job: Job) -> None:
    assert outcome.fail(job, PassingError("bad weather"), outcome.pause(1))
    row = Job.objects.get()
    assert (row.state, row.attempt, row.error) == ("queued", 1, "bad weather")
    assert not claim.is_due("default")
    soon = Now() + outcome.pause(1)
    assert Job.objects.filter(run_after__lte=soon, hint_at__lte=soon).exists()
    assert given_up == []


def test_pauses_grow_and_stay_below_ten_minutes() -> None:
    pauses = [outcome.pause(attempt).total_seconds() for attempt in range(1, 8)]
    assert pauses == [5, 20, 80, 320, 600, 600, 600]


def test_a_permanent_error_ends_it_at_once(job: Job) -> None:
    assert outcome.fail(job, HopelessError(), AT_ONCE)
    row = Job.objects.get()
    assert (row.state, row.error) == ("failed", "HopelessError")
    assert given_up == [("a", "failed")]


def test_the_last_try_ends_it(job: Job) -> None:
    outcome.fail(job, PassingError(), AT_ONCE)
    again = claim.best("default")
    assert again is not None
    outcome.fail(again, PassingError(), AT_ONCE)
    assert Job.objects.get().state == "failed"
    assert given_up == [("a", "failed")]


def test_given_back_the_try_does_not_count(job: Job) -> None:
    assert outcome.give_back(job)
    row = Job.objects.get()
    assert (row.state, row.attempt, row.lease) == ("queued", 0, "")
    assert claim.is_due("default")


@pytest.mark.parametrize(
    "end",
    [
        outcome.finish,
        outcome.give_back,
        lambda job: outcome.fail(job, PassingError(), AT_ONCE),
        lambda job: outcome.fail(job, HopelessError(), AT_ONCE),
    ],
)
def test_who_has_lost_the_lease_writes_nothing(job: Job, end: object) -> None:
    Job.objects.update(lease="another")
    assert callable(end)
    assert end(job) is False
    row = Job.objects.get()
    assert (row.state, row.lease, row.attempt) == ("running", "another", 1)
    assert given_up == []


def test_a_lease_that_was_extended_meanwhile_is_not_taken(job: Job) -> None:
    assert not outcome.fail(job, PassingError(), AT_ONCE, only_expired=True)
    Job.objects.update(lease_until=F("lease_until") - datetime.timedelta(hours=1))
    assert outcome.fail(job, PassingError(), AT_ONCE, only_expired=True)


def test_asked_again_a_failing_job_starts_from_its_first_try(job: Job) -> None:
    jobs.request("a", "test-outcome", max_attempts=2)
    assert outcome.fail(job, HopelessError(), AT_ONCE)
    row = Job.objects.get()
    assert (row.state, row.attempt, row.asked_again) == ("queued", 0, False)
    assert given_up == []
