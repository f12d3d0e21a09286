"""Each try has its own scratch folder, and none is left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from media_pipeline import jobs
from media_pipeline.jobs import claim, scratch
from media_pipeline.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(folders: Path) -> Job:
    jobs.request("a", "test")
    found = claim.best("default")
    assert found is not None
    return found


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_folder_is_there_during_the_try_and_gone_after_any_end(job: Job) -> None:
    with scratch.folder(job) as path:
        (path / "original").write_bytes(b"film")
    assert not path.exists()
    with pytest.raises(RuntimeError), scratch.folder(job) as path:  # noqa: PT012
        (path / "original").write_bytes(b"film")
        raise RuntimeError
    assert not path.exists()


def test_folders_of_tries_that_are_over_are_removed(job: Job) -> None:
    with scratch.folder(job) as path:
        age(path, 3600)
        assert scratch.remove_stale() == 0  # it runs
        Job.objects.update(lease="another")
        assert scratch.remove_stale() == 1
        assert not path.exists()


def test_young_folders_are_left_and_strange_ones_go(folders: Path) -> None:
    young, strange = folders / "scratch" / "9-abc", folders / "scratch" / "strange"
    for path in (young, strange):
        path.mkdir(parents=True)
    age(strange, 3600)
    assert scratch.remove_stale() == 1
    assert young.exists()


def test_without_a_scratch_folder_there_is_nothing_to_remove(folders: Path) -> None:
    assert scratch.remove_stale() == 0
