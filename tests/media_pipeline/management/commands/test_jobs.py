"""`manage.py jobs`: every job, for people and for scripts."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from media_pipeline import jobs
from media_pipeline.jobs import claim, outcome
from media_pipeline.jobs.models import Job
from media_pipeline.jobs.parts import Part, divide
from media_pipeline.models import Asset

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


# --- trying again -------------------------------------------------------------------


@pytest.mark.usefixtures("_three_jobs")
def test_a_failed_job_gets_all_its_tries_again() -> None:
    (row,) = json.loads(said("--retry", "asset/1/package", "--json"))
    assert (row["key"], row["state"]) == ("asset/1/package", "queued")
    assert (row["attempt"], row["reason"]) == (0, None)
    asked = Job.objects.get(key="asset/1/package")
    assert (asked.kind, asked.queue) == ("test", "transcode")


@pytest.mark.usefixtures("_three_jobs")
@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("asset/9/package", "There is no job asset/9/package."),
        ("asset/99999999999999999999/package", "There is no job asset/99999999"),
        ("nonsense", "There is no job nonsense."),
        ("", "There is no job ."),
        ("asset/2/package", "asset/2/package has not failed, it is running."),
        ("asset/3/package", "asset/3/package has not failed, it is queued."),
    ],
)
def test_what_has_not_failed_is_not_tried_again(key: str, sentence: str) -> None:
    before = list(Job.objects.values())
    with pytest.raises(CommandError, match=f"^{re.escape(sentence)}") as caught:
        said("--retry", key)
    assert caught.value.returncode == 2
    assert list(Job.objects.values()) == before


def test_a_failed_clip_starts_again_with_its_job() -> None:
    asset = Asset.objects.create(
        state="failed", file_name="bài.mp4", detail="disk full"
    )
    line = said("--retry", asset.job_key).splitlines()[1]
    assert line.split()[:3] == [asset.job_key, "queued", "0/5"]
    asset.refresh_from_db()
    assert (asset.state, asset.detail) == ("received", "")
    assert not asset.message
    with pytest.raises(CommandError, match="has not failed, it is queued"):
        said("--retry", asset.job_key)


def test_a_failed_part_is_tried_again_with_its_clip() -> None:
    asset = Asset.objects.create(state="failed", file_name="bài.mp4")
    whole = jobs.request(asset.job_key, "test")
    with transaction.atomic():
        divide(whole, [Part(f"asset/{asset.pk}/7/0/03", "test", {})])
    Job.objects.update(state="failed")
    (row,) = json.loads(said("--retry", f"asset/{asset.pk}/7/0/03", "--json"))
    assert (row["key"], row["state"]) == (asset.job_key, "queued")


def test_the_news_of_a_failed_clip_is_a_job_of_its_own() -> None:
    asset = Asset.objects.create(state="failed", file_name="bài.mp4")
    jobs.request(asset.news_key, "test")
    Job.objects.update(state="failed")
    (row,) = json.loads(said("--retry", asset.news_key, "--json"))
    assert (row["key"], row["state"]) == (asset.news_key, "queued")
    asset.refresh_from_db()
    assert asset.has_failed


def test_a_refused_clip_is_not_tried_again_though_its_job_failed() -> None:
    asset = Asset.objects.create(state="refused", file_name="x", reason="damaged")
    jobs.register("test", lambda _job: None)
    jobs.request(asset.job_key, "test")
    Job.objects.update(state="failed")
    with pytest.raises(CommandError, match=r"was refused for its file \(damaged\)"):
        said("--retry", asset.job_key)
    assert Job.objects.get().state == "failed"
