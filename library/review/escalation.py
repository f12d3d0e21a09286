"""A step that waits too long is the level above's too; nobody who was asked is left out."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import TaskState

from library.review import notices, waits
from library.review.models import ReviewTaskState


def lift_overdue() -> int:
    """Daily work, safe at any time: by one level for each `REVIEW_DEADLINE_DAYS` that
    it has waited. Where no level is above it stays as it is."""
    if settings.REVIEW_DEADLINE_DAYS <= 0:
        return 0
    now = timezone.now()
    due = ReviewTaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__active=True
    ).annotate(asked_at=Coalesce("lifted_at", "started_at"))
    limit = now - datetime.timedelta(days=settings.REVIEW_DEADLINE_DAYS)
    found = waits.of(due.filter(asked_at__lte=limit))
    return sum(_lifted(pk, wait, now) for pk, wait in found.items() if wait.above)


def days_overdue(state: ReviewTaskState) -> int:
    """Since its first deadline; 0 while it is in time, or where none is set."""
    if settings.REVIEW_DEADLINE_DAYS <= 0:
        return 0
    waited = (timezone.now() - state.started_at).days
    return max(0, waited - settings.REVIEW_DEADLINE_DAYS + 1)


@transaction.atomic
def _lifted(pk: int, wait: waits.Wait, now: datetime.datetime) -> bool:
    state = ReviewTaskState.objects.select_for_update().get(pk=pk)
    if state.status != TaskState.STATUS_IN_PROGRESS or state.lift != wait.step.lift:
        return False  # answered, or lifted by another worker meanwhile
    state.lift, state.lifted_at = wait.step.lift + 1, now
    state.save(update_fields=["lift", "lifted_at"])
    notices.overdue(state, User.objects.filter(pk__in=wait.above[0].people))
    return True
