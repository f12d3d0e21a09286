"""The Django app of `library.review`."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "library.review"
    label = "review"
    verbose_name = "Review"

    def ready(self) -> None:
        from library.review import notices
        from media_pipeline import jobs

        jobs.register("mail", notices.send)
        _silence_stock_mails()


def _silence_stock_mails() -> None:
    """Wagtail mails groups and superusers; ours mail the people of the clip.

    The receivers are known by their `dispatch_uid`. Wagtail's admin may become ready
    after this app, so the place of each is also taken: a second receiver with the same
    id is not connected.
    """
    from wagtail import signals
    from wagtail.models import TaskState, WorkflowState

    for signal, sender, uid in (
        (
            signals.task_submitted,
            TaskState,
            "group_approval_task_submitted_email_notification",
        ),
        (
            signals.workflow_submitted,
            WorkflowState,
            "workflow_state_submitted_email_notification",
        ),
        (
            signals.workflow_rejected,
            WorkflowState,
            "workflow_state_rejected_email_notification",
        ),
        (
            signals.workflow_approved,
            WorkflowState,
            "workflow_state_approved_email_notification",
        ),
    ):
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(_silent, sender=sender, dispatch_uid=uid)


def _silent(**_kwargs: Any) -> None:
    """Takes the place of a stock notifier."""
