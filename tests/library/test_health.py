"""`doctor` finds what works and says in words what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from library import health
from media_pipeline.jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, local_storages: Path) -> None:
    monkeypatch.setattr(health, "WORKER_S", 0.3)


def by_service() -> dict[str, health.Finding]:
    return {finding.service: finding for finding in health.findings()}


def test_what_works_is_well_and_a_missing_worker_is_told() -> None:
    found = by_service()
    assert {name for name, one in found.items() if one.ok} == {
        "database",
        "ffmpeg",
        "storage",
        "search",
        "mail",
    }
    assert "manage.py up" in found["queue"].detail
    assert not Job.objects.exists()


def test_a_storage_that_cannot_be_written_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(blocked / "below")},
        },
    }
    found = by_service()["storage"]
    assert not found.ok
    assert "originals" in found.detail


def test_an_ffmpeg_that_is_none_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.FFMPEG_BINARY = str(tmp_path / "nowhere")
    assert not by_service()["ffmpeg"].ok
