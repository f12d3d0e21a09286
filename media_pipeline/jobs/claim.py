"""Taking a job: one conditional UPDATE, and whoever changed the row has it."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from media_pipeline.jobs import identity
from media_pipeline.jobs.models import Job

_CANDIDATES = 10  # looked at together; others may take some of them meanwhile


def lease_time() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def best(queue: str) -> Job | None:
    """The most urgent due job of `queue`, now ours; None when there is none."""
    while candidates := _candidates(queue):
        for pk in candidates:
            if _take(pk, lease := secrets.token_hex(16)):
                taken = Job.objects.filter(pk=pk, lease=lease)
                if (job := taken.first()) is not None:  # else cancelled in between
                    return job
    return None


def is_due(queue: str) -> bool:
    return Job.objects.due().filter(queue=queue).exists()


def _candidates(queue: str) -> list[int]:
    due = Job.objects.due().filter(queue=queue)
    return list(due.values_list("pk", flat=True)[:_CANDIDATES])


def _take(pk: int, lease: str) -> bool:
    changed = (
        Job.objects.due()
        .filter(pk=pk)
        .update(
            state=Job.State.RUNNING,
            lease=lease,
            lease_until=Now() + lease_time(),
            worker=identity.mine(),
            attempt=F("attempt") + 1,
            seconds_left=None,
            asked_again=False,
        )
    )
    return changed == 1
