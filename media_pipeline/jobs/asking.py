"""Asking for work: safe to repeat, and part of the caller's transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from media_pipeline.jobs import hints
from media_pipeline.jobs.models import Job


@transaction.atomic
def request(
    key: str,
    kind: str,
    spec: dict[str, Any] | None = None,
    queue: str = "default",
    priority: int = 0,
    max_attempts: int = 5,
) -> Job:
    """The job `key` will run at least once after this commits.

    Asked again: while it waits it stays one job (its pause after an error ends), while
    it runs it runs once more afterwards, and when it is done or failed it is queued
    anew. Asked inside `atomic()`, it vanishes with the caller's rollback.
    """
    wanted = {
        "kind": kind,
        "spec": spec or {},
        "queue": queue,
        "priority": priority,
        "max_attempts": max_attempts,
    }
    job, is_new = Job.objects.select_for_update().get_or_create(
        key=key,
        defaults={**wanted, "run_after": Now(), "hint_at": Now() + hints.gap(1)},
    )
    if job.state == Job.State.RUNNING:
        Job.objects.filter(pk=job.pk).update(**wanted, asked_again=True)
    elif not is_new:
        queue_anew(job, wanted)
    if job.state != Job.State.RUNNING:
        hints.send(queue)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(job: Job) -> bool:
    """Queue a failed job anew, as it was asked for; False when it has not failed."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.state != Job.State.FAILED:
        return False
    request(row.key, row.kind, row.spec, row.queue, row.priority, row.max_attempts)
    return True


@transaction.atomic
def cancel(*keys: str) -> None:
    """Nobody wants it any more, nor its parts; who runs it loses the lease with the row."""
    rows = Job.objects.filter(key__in=keys)
    # Held, none of them can divide itself while its parts are being found.
    list(rows.select_for_update().values_list("pk"))
    rows.delete()


def queue_anew(job: Job, wanted: dict[str, Any]) -> None:
    Job.objects.filter(pk=job.pk).update(
        **wanted,
        state=Job.State.QUEUED,
        run_after=Now(),
        hint_at=Now() + hints.gap(1),
        hints=1,
        attempt=0,
        progress=0,
        error="",
        finished_at=None,
    )
