"""`manage.py janitor`: one round does its work, and what is away does not end it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from media_pipeline import jobs
from media_pipeline.jobs import claim
from media_pipeline.jobs.models import Job


@pytest.mark.django_db
def test_one_round_takes_back_what_is_lost(local_storages: Path) -> None:
    jobs.register("test", lambda _job: None)
    jobs.request("a", "test")
    claim.best("default")
    Job.objects.update(lease_until="2020-01-01T00:00Z")
    call_command("janitor", "--once")
    assert Job.objects.get().state == "queued"


@pytest.mark.django_db
def test_a_storage_that_is_away_does_not_end_it(
    local_storages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (local_storages / "packages").write_text("a file where the folder should be")
    call_command("janitor", "--once")
    assert "a round of the janitor failed" in caplog.text
