"""A kind of job for tests with real processes: it naps, and keeps a diary of it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db import transaction

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job


class NapsConfig(AppConfig):
    name = "tests.naps"
    label = "naps"

    def ready(self) -> None:
        from media_pipeline import jobs

        jobs.register("nap", nap)


class LibraryCommandsConfig(AppConfig):
    """Lends the commands of `library` without its rooms."""

    name = "library"
    label = "library_commands"


def nap(job: Job) -> None:
    """spec: seconds, and the diary's path."""
    from media_pipeline.jobs import lease

    diary, until = Path(job.spec["diary"]), time.monotonic() + job.spec["seconds"]
    write(diary, "start", job)
    while time.monotonic() < until and not lease.is_lost(job):
        time.sleep(0.02)
    try:
        with transaction.atomic():  # as whoever has something to write must
            lease.fence(job)
            write(diary, "end", job)
    except lease.LostError:
        write(diary, "lost", job)
        raise


def write(diary: Path, what: str, job: Job) -> None:
    with diary.open("a") as file:
        file.write(f"{what} {job.key} {os.getpid()}\n")
