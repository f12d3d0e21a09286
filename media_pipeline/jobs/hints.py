"""Hints: messages of the task engine that say no more than "there is work"."""

from __future__ import annotations

import datetime

from django.db.models import F
from django.db.models.functions import Now
from django_tasks import task

from media_pipeline.jobs import claim, worker
from media_pipeline.jobs.models import Job

_GAP_S = 10  # until a first hint is repeated; then twice as long each time
_LONGEST_GAP_S = 600


@task()
def run_best_job(queue: str) -> None:
    """Names no job, so that lost, late and doubled hints are all the same."""
    worker.run_best(queue)
    if claim.is_due(queue):
        send(queue)  # what was given back or asked again meanwhile


def send(queue: str) -> None:
    """In the caller's transaction: with the database engine it vanishes on rollback."""
    run_best_job.using(queue_name=queue).enqueue(queue)


def gap(hints: int) -> datetime.timedelta:
    """How long to wait after the `hints`-th hint for the same job."""
    seconds = _GAP_S * 2 ** min(hints - 1, 10)
    return datetime.timedelta(seconds=min(seconds, _LONGEST_GAP_S))


def repeat() -> int:
    """Hint again for all that is due and may have lost its hint; how many it were."""
    late = Job.objects.due().filter(hint_at__lte=Now())
    sent = 0
    for job in late.only("pk", "queue", "hints"):
        sent += _repeat_for(job)
    return sent


def _repeat_for(job: Job) -> bool:
    mine = Job.objects.due().filter(pk=job.pk, hints=job.hints)
    changed = mine.update(hints=F("hints") + 1, hint_at=Now() + gap(job.hints + 1))
    if changed:  # else another janitor was quicker
        send(job.queue)
    return bool(changed)
