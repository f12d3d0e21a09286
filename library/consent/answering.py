"""Answering a reported problem: by whom, in which state, and the mail of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from library.consent.models import Problem
from library.units.permissions import Right, may
from media_pipeline import jobs

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job

KIND = "answer_problem"
ANSWER, DONE = "problem.answer", "problem.done"


@transaction.atomic
def answer(problem: Problem, user: User, words: str) -> bool:
    """Kept, and mailed where an address was given; False where somebody was quicker."""
    row = _held(problem, user)
    if not row.is_new:
        return False
    row.answer = words.strip()
    _move(row, user, Problem.State.ANSWERED, ANSWER)
    if row.email:
        jobs.request(f"problem/{row.pk}/answer", KIND, {"problem": row.pk})
    return True


@transaction.atomic
def done(problem: Problem, user: User) -> bool:
    """Nothing is left to do about it, answered or not."""
    row = _held(problem, user)
    if row.is_done:
        return False
    _move(row, user, Problem.State.DONE, DONE)
    return True


def send(job: Job) -> None:
    """What an `answer_problem` job does. The address stays in the problem's row alone."""
    row = Problem.objects.filter(pk=job.spec["problem"]).select_related("clip").first()
    if row is None or not row.email or row.mailed_at is not None:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("Answer to what you told us about a clip")
        context = {"problem": row, "site": settings.WAGTAIL_SITE_NAME}
        body = render_to_string("consent/mail/answer.txt", context).strip() + "\n"
    EmailMessage(subject=subject, body=body, to=[row.email]).send()
    Problem.objects.filter(pk=row.pk).update(mailed_at=timezone.now())


def _held(problem: Problem, user: User) -> Problem:
    row = Problem.objects.select_for_update().get(pk=problem.pk)
    if not may(user, Right.ANSWER_PROBLEMS, row.clip):
        raise PermissionDenied
    return row


def _move(row: Problem, user: User, to: Problem.State, action: str) -> None:
    before, row.state = row.get_state_display(), to
    row.handled_by, row.handled_at = user, timezone.now()
    row.save(update_fields=["answer", "state", "handled_by", "handled_at"])
    told = {"before": {"state": before}, "after": {"state": row.get_state_display()}}
    log(row.clip, action, user=user, data={"problem": row.pk, **told})
