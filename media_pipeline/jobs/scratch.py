"""Scratch folders: one for each try of a job, on the machine that runs it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from media_pipeline.jobs.models import Job

_STALE_AFTER_S = 60  # younger ones may belong to a claim not yet committed


@contextlib.contextmanager
def folder(job: Job) -> Iterator[Path]:
    """Named after the lease: a woken worker that lost it cannot touch its successor's."""
    path = Path(settings.SCRATCH_DIR) / f"{job.pk}-{job.lease}"
    path.mkdir(parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def remove_stale() -> int:
    """Folders of this machine that no running try owns; how many they were."""
    root = Path(settings.SCRATCH_DIR)
    if not root.is_dir():
        return 0
    stale = [path for path in root.iterdir() if _is_old(path) and not _is_owned(path)]
    for path in stale:
        shutil.rmtree(path, ignore_errors=True)
    return len(stale)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _STALE_AFTER_S
    except FileNotFoundError:  # its owner was quicker
        return False


def _is_owned(path: Path) -> bool:
    pk, _, lease = path.name.partition("-")
    owned = Job.objects.filter(state=Job.State.RUNNING, lease=lease)
    return pk.isdigit() and owned.filter(pk=int(pk)).exists()
