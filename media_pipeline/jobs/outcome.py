"""How a claimed job ends: done, failed, to be tried again, or given back."""

from __future__ import annotations

import datetime

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
def finish(job: Job) -> bool:
    """False: the lease was lost, nothing was written."""
    row = _held(job)
    if row is None:
        return False
    if row.asked_again:
        _wait(row, attempt=0)
    else:
        _end(row, state=Job.State.DONE, progress=1, error="")
    return True


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
    row = _held(job, only_expired=only_expired)
    if row is None:
        return False
    text = (str(error) or type(error).__name__)[:_ERROR_LENGTH]
    if row.asked_again:
        _wait(row, attempt=0, error=text)
    elif getattr(error, "permanent", False) or row.attempt >= row.max_attempts:
        _end(row, state=Job.State.FAILED, error=text)
        registry.of(row).gave_up(row, error)
    else:
        _wait(row, wait=wait, error=text)
    return True


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
    Job.objects.filter(pk=row.pk).update(
        state=Job.State.QUEUED,
        run_after=then,
        hint_at=then,
        hints=0,
        lease="",
        lease_until=None,
        seconds_left=None,
        asked_again=False,
        **fields,
    )


def _end(row: Job, **fields: object) -> None:
    Job.objects.filter(pk=row.pk).update(
        lease="", lease_until=None, seconds_left=None, finished_at=Now(), **fields
    )
    row.refresh_from_db()
