"""The chain of a review: submit, approve, ask for changes, reject, and what was said."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from library.clips.models import ClipPage
from library.review.answers import Answer, Stand, Standing, history, standing, standings
from library.review.errors import RefusedError
from library.review.models import (
    APPROVE,
    CHANGES,
    REJECT,
    ReviewTask,
    ReviewTaskState,
    is_rejected,
)

__all__ = [
    "Answer",
    "RefusedError",
    "Stand",
    "Standing",
    "approve",
    "approve_at_every_step",
    "ask_for_changes",
    "history",
    "reject",
    "standing",
    "standings",
    "submit",
    "waiting_step",
]


@transaction.atomic
def submit(clip: ClipPage, user: User) -> WorkflowState:
    """Starts a review, or goes on at the step that asked for changes.

    What is reviewed, and published in the end, is the clip's newest revision.
    Raises `RefusedError` when it is under review, rejected for good, or nobody set up
    a workflow.
    """
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if clip.workflow_in_progress:
        raise RefusedError(_("This clip is already being reviewed."))
    if is_rejected(clip):
        raise RefusedError(_("This clip was rejected for good."))
    workflow = clip.get_workflow()
    if workflow is None or not ReviewTask.objects.filter(
        workflow_tasks__workflow=workflow, active=True
    ):
        raise RefusedError(_("No review has been set up for this library."))
    if clip.latest_revision_id is None:
        clip.save_revision(user=user, log_action=False, clean=False)
    under_way: WorkflowState | None = clip.current_workflow_state
    if under_way is not None:
        under_way.resume(user=user)
        return under_way
    started: WorkflowState = workflow.start(clip, user)
    return started


def approve(task_state: TaskState, user: User, words: str = "") -> None:
    _task(task_state).on_action(task_state, user, APPROVE, comment=words)


def ask_for_changes(task_state: TaskState, user: User, reason: str, words: str) -> None:
    """The clip goes back to its contributor and returns to this very step."""
    _task(task_state).on_action(task_state, user, CHANGES, reason=reason, comment=words)


def reject(task_state: TaskState, user: User, reason: str, words: str) -> None:
    """For good: the review ends, the clip stays a draft that says so."""
    _task(task_state).on_action(task_state, user, REJECT, reason=reason, comment=words)


@transaction.atomic
def approve_at_every_step(clip: ClipPage, user: User, words: str = "") -> None:
    """A superuser's yes for all levels at once, of an import that asked to publish.

    The one case in which somebody says yes to an own clip; the steps name them.
    """
    if not user.is_superuser:
        raise RefusedError(_("Only a superuser publishes an import."))
    ClipPage.objects.select_for_update().get(pk=clip.pk)
    while state := waiting_step(clip):
        _task(state).say_yes(state, user, words)


def waiting_step(clip: Page) -> ReviewTaskState | None:
    """The step at which a clip waits for an answer."""
    states = ReviewTaskState.objects.for_instance(clip)
    found: ReviewTaskState | None = states.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).first()
    return found


def _task(task_state: TaskState) -> ReviewTask:
    task: ReviewTask = task_state.task.specific
    return task
