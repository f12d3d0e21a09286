"""`doctor` finds what works and says in words what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from library import health
from media_pipeline import binaries, sandbox
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


@pytest.mark.sandbox
def test_it_says_that_files_are_opened_in_a_sandbox(settings: Settings) -> None:
    assert "Files are opened in a sandbox." in by_service()["ffmpeg"].detail
    settings.SANDBOX = "off"
    assert "SANDBOX=off" in by_service()["ffmpeg"].detail


@pytest.mark.parametrize(("wanted", "is_well"), [("auto", True), ("on", False)])
def test_a_sandbox_that_is_none_is_told(
    wanted: str,
    is_well: bool,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pair = binaries.find()
    settings.FFMPEG_BINARY, settings.FFPROBE_BINARY = pair.ffmpeg, pair.ffprobe
    settings.SANDBOX = wanted
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.fault_with.cache_clear()
    found = by_service()["ffmpeg"]
    sandbox.fault_with.cache_clear()
    assert found.ok is is_well
    assert "bubblewrap (bwrap) is not installed" in found.detail


def test_an_ffmpeg_that_is_none_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.FFMPEG_BINARY = str(tmp_path / "nowhere")
    assert not by_service()["ffmpeg"].ok
