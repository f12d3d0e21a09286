"""How a claimed job ends: done, failed, to be tried again, or given back."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from media_pipeline.jobs import registry
from media_pipeline.jobs.models import Job

_PAUSE_S = 5  # before the second try; four times as long before each further one
_LONGEST_PAUSE_S = 600
_ERROR_LENGTH = 4000


def pause(attempt: int) -> datetime.timedelta:
    """After the `attempt`-th try failed."""
    seconds = _PAUSE_S * 4 ** min(attempt - 1, 10)
    return datetime.timedelta(seconds=min(seconds, _LONGEST_PAUSE_S))


@transaction.atomic
def finish(job: Job, result: dict[str, Any] | None = None) -> bool:
    """False: the lease was lost, nothing was written.

    The last of a job's parts to be done has the job run once more; `result` is for it.
    """
    whole = _whole_of(job)
    row = _held(job)
    if row is None:
        return False
    if row.asked_again:
        _wait(row, attempt=0)
    elif row.parts.unfinished().exists():
        _let_go(row, state=Job.State.WAITING)
    else:
        _end(row, state=Job.State.DONE, progress=1, error="", result=result or {})
        _gather(whole)
    return True


def gather() -> int:
    """The net below `finish`: jobs that wait for parts and have none left to wait for."""
    gathered = 0
    for job in Job.objects.filter(state=Job.State.WAITING):
        with transaction.atomic():
            gathered += _gather(
                Job.objects.select_for_update().filter(pk=job.pk).first()
            )
    return gathered


def _gather(whole: Job | None) -> bool:
    if whole is None or whole.parts.unfinished().exists():
        return False
    if whole.state == Job.State.RUNNING:  # it has not yet ended after dividing itself
        Job.objects.filter(pk=whole.pk).update(asked_again=True)
    elif whole.state == Job.State.WAITING:
        _wait(whole, attempt=0)
    return whole.state in {Job.State.RUNNING, Job.State.WAITING}


@transaction.atomic
def give_back(job: Job) -> bool:
    """Stopped from outside: this try does not count."""
    row = _held(job)
    if row is None:
        return False
    _wait(row, attempt=row.attempt - 1)
    return True


@transaction.atomic
def fail(
    job: Job, error: Exception, wait: datetime.timedelta, *, only_expired: bool = False
) -> bool:
    """Tried again after `wait`, unless the error is permanent or it was the last try."""
    _whole_of(job)
    row = _held(job, only_expired=only_expired)
    if row is None:
        return False
    text = (str(error) or type(error).__name__)[:_ERROR_LENGTH]
    if row.asked_again:
        _wait(row, attempt=0, error=text)
    elif getattr(error, "permanent", False) or row.attempt >= row.max_attempts:
        _give_up(row, text, error)
    else:
        _wait(row, wait=wait, error=text)
    return True


def _give_up(row: Job, text: str, error: Exception) -> None:
    """A part takes the whole with it, and the whole its other parts: whoever does one
    of them loses the lease with the row. What is done stays, for another start."""
    _end(row, state=Job.State.FAILED, error=text)
    row.parts.unfinished().delete()
    registry.of(row).gave_up(row, error)
    whole = row.parent
    if whole is not None and whole.state not in {Job.State.DONE, Job.State.FAILED}:
        _give_up(whole, text, error)


def _whole_of(job: Job) -> Job | None:
    """What it is a part of, locked before its own row, and so before its siblings':
    else two last parts could each miss that the other has ended, or wait for ever."""
    if job.parent_id is None:
        return None
    return Job.objects.select_for_update().filter(pk=job.parent_id).first()


def _held(job: Job, *, only_expired: bool = False) -> Job | None:
    rows = Job.objects.held_by(job).select_for_update()
    if only_expired:
        rows = rows.filter(lease_until__lt=Now())
    return rows.first()


def _wait(
    row: Job, wait: datetime.timedelta = datetime.timedelta(0), **fields: object
) -> None:
    # Without a pause it is due in this very moment, also by SQLite's comparing of texts.
    then = Now() + wait if wait else Now()
    fields |= {"run_after": then, "hint_at": then, "hints": 0}
    _let_go(row, state=Job.State.QUEUED, **fields)


def _let_go(row: Job, **fields: object) -> None:
    Job.objects.filter(pk=row.pk).update(
        lease="", lease_until=None, seconds_left=None, asked_again=False, **fields
    )


def _end(row: Job, **fields: object) -> None:
    _let_go(row, finished_at=Now(), **fields)
    row.refresh_from_db()
