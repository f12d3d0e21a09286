"""Hints may be lost, late or doubled: the rows alone decide."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from media_pipeline import jobs
from media_pipeline.jobs import hints
from media_pipeline.jobs.models import Job
from tests.machine import Machine

pytestmark = pytest.mark.django_db


def later(seconds: float) -> None:
    """As if so much time had gone by."""
    Job.objects.update(hint_at=F("hint_at") - datetime.timedelta(seconds=seconds))


def test_a_hint_goes_to_the_queue_of_its_job() -> None:
    hints.send("transcode")
    (message,) = DBTaskResult.objects.all()
    assert message.queue_name == "transcode"
    assert message.args_kwargs == {"args": ["transcode"], "kwargs": {}}


def test_a_hint_is_repeated_with_growing_gaps() -> None:
    jobs.request("a", "test")
    assert hints.repeat() == 0
    later(11)
    assert hints.repeat() == 1
    assert hints.repeat() == 0
    later(21)
    assert hints.repeat() == 1
    assert DBTaskResult.objects.count() == 3
    gaps = [hints.gap(number).total_seconds() for number in range(1, 9)]
    assert gaps == [10, 20, 40, 80, 160, 320, 600, 600]


def test_only_what_is_due_is_hinted_at() -> None:
    jobs.request("a", "test")
    later(3600)
    Job.objects.update(run_after=Now() + datetime.timedelta(hours=1))
    assert hints.repeat() == 0
    Job.objects.update(run_after=Now(), state=Job.State.DONE)
    assert hints.repeat() == 0


def test_a_hint_that_ran_a_job_leaves_one_for_what_is_still_due() -> None:
    jobs.register("test", lambda _job: None)
    for key in ("a", "b"):
        jobs.request(key, "test")
    DBTaskResult.objects.all().delete()
    hints.run_best_job.call("default")
    assert Job.objects.filter(state="done").count() == 1
    assert DBTaskResult.objects.count() == 1
    hints.run_best_job.call("default")
    assert Job.objects.filter(state="done").count() == 2
    assert DBTaskResult.objects.count() == 1


@pytest.mark.process
def test_twenty_hints_for_one_job_start_it_once(box: Machine) -> None:
    box.naps(seconds=0.3)
    box.shell(
        "from media_pipeline.jobs import hints\nfor _ in range(20): hints.send('default')"
    )
    box.worker()
    box.worker()
    ready = (
        "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status != 'SUCCESSFUL'"
    )
    box.wait_for(lambda: not box.rows(ready))
    assert len(box.diary_of("start")) == 1
    assert box.jobs()["nap/0"]["state"] == "done"


@pytest.mark.process
def test_a_lost_hint_comes_again_by_the_janitor(box: Machine) -> None:
    box.naps()
    box.execute("DELETE FROM django_tasks_database_dbtaskresult")
    box.execute("UPDATE jobs_job SET hint_at = '2020-01-01 00:00:00'")
    box.worker()
    box.start("janitor")
    box.wait_for(lambda: box.diary_of("end"))
