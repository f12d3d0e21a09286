"""What no worker can do for itself: take back from the dead, repeat what was lost.

Any number of janitors may run; each act is a conditional update that one of them wins.
"""

from __future__ import annotations

import datetime
import logging

from django.core.management import call_command
from django.db.models import Q
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media_pipeline.jobs import hints, identity, outcome, scratch
from media_pipeline.jobs.models import Job

logger = logging.getLogger(__name__)

# Other apps' tasks (Wagtail's: search and reference index, file deletion) take seconds
# and bear being run twice, but their engine never notices that a worker was killed.
_TASK_IS_LOST_AFTER = datetime.timedelta(minutes=10)
_HINT_IS_LOST_AFTER = datetime.timedelta(days=1)  # it runs as long as its job
_FORGET_TASKS_AFTER_DAYS = 2


class WorkerGoneError(Exception):
    """The worker was killed, or its machine froze or vanished."""


def tidy() -> None:
    """One round, every few seconds."""
    take_back()
    outcome.gather()
    hints.repeat()
    revive_tasks()
    scratch.remove_stale()


def take_back() -> int:
    """Jobs of dead workers go back to the queue; the try counts."""
    running = Job.objects.filter(state=Job.State.RUNNING)
    expired = set(running.filter(lease_until__lt=Now()).values_list("pk", flat=True))
    taken = 0
    for job in running:
        gone = identity.is_surely_gone(job.worker)
        if gone or job.pk in expired:
            error = WorkerGoneError(f"the worker {identity.short(job.worker)} is gone")
            at_once = datetime.timedelta(0)
            taken += outcome.fail(job, error, at_once, only_expired=not gone)
    if taken:
        logger.warning("took back %d job(s) of dead workers", taken)
    return taken


def revive_tasks() -> None:
    """Other apps' tasks left running by a dead worker run again."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    of_ours = Q(task_path=hints.run_best_job.module_path)
    running.exclude(of_ours).filter(started_at__lt=Now() - _TASK_IS_LOST_AFTER).update(
        status=TaskResultStatus.READY, started_at=None
    )
    # A hint is worth nothing any more; ended, it can be forgotten with the others.
    running.filter(of_ours, started_at__lt=Now() - _HINT_IS_LOST_AFTER).update(
        status=TaskResultStatus.FAILED, finished_at=Now()
    )


def forget_old_tasks() -> None:
    """Now and then: the engine keeps a row for every message ever sent."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=_FORGET_TASKS_AFTER_DAYS,
        verbosity=0,
    )
