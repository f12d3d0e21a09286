"""`manage.py jobs`: every job, for people and for scripts."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from media_pipeline import jobs
from media_pipeline.jobs import claim, outcome
from media_pipeline.jobs.models import Job

pytestmark = pytest.mark.django_db


class HopelessError(Exception):
    permanent = True


def said(*argv: str) -> str:
    out = io.StringIO()
    call_command("jobs", *argv, stdout=out)
    return out.getvalue()


@pytest.fixture
def _three_jobs() -> None:
    jobs.register("test", lambda _job: None)
    jobs.request("asset/1/package", "test", queue="transcode")
    failed = claim.best("transcode")
    assert failed is not None
    outcome.fail(failed, HopelessError("damaged: half of it\nmore"), outcome.pause(1))
    jobs.request("asset/2/package", "test", queue="transcode")
    claim.best("transcode")
    Job.objects.filter(key="asset/2/package").update(progress=0.4219, seconds_left=8)
    jobs.request("asset/3/package", "test", queue="transcode")


@pytest.mark.usefixtures("_three_jobs")
def test_json_is_one_document_with_the_promised_fields() -> None:
    failed, running, waiting = json.loads(said("--json"))
    assert (failed["key"], failed["state"], failed["reason"]) == (
        "asset/1/package",
        "failed",
        "damaged: half of it",
    )
    assert (running["state"], running["attempt"], running["progress"]) == (
        "running",
        1,
        0.422,
    )
    assert "/" in running["worker"]
    assert (waiting["state"], waiting["worker"], waiting["reason"]) == (
        "queued",
        None,
        None,
    )


@pytest.mark.usefixtures("_three_jobs")
def test_people_see_a_line_for_each() -> None:
    head, failed, running, _waiting = said().splitlines()
    assert head.split() == ["key", "state", "attempt", "%", "worker", "reason"]
    assert failed.endswith("damaged: half of it")
    assert running.split()[:4] == ["asset/2/package", "running", "1/5", "42"]


def test_no_jobs_are_said_so() -> None:
    assert said() == "no jobs\n"
    assert json.loads(said("--json")) == []
