"""What people are told about a review, in Vietnamese: who is told what, in which words.

Only the people of the clip and those who may answer are told, never all superusers.
How it reaches them is the business of `inbox`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from library.review import inbox
from library.review.waits import of as asked_by

if TYPE_CHECKING:
    from library.clips.models import ClipPage
    from library.review.models import ReviewTaskState
    from media_pipeline.jobs.models import Job

# Which of Wagtail's own switches in a person's account turns the mails of a kind off.
_SWITCHES = {
    "approved": "approved_notifications",
    "changes": "rejected_notifications",
    "overdue": "submitted_notifications",
    "rejected": "rejected_notifications",
    "waits": "submitted_notifications",
}


def waits(state: ReviewTaskState, approvers: Iterable[User]) -> None:
    """To the people who may decide on this clip, and to nobody else."""
    key = f"waits/{state.pk}/{state.kind_id or 0}"
    _tell(approvers, "waits", state, key)


def overdue(state: ReviewTaskState, people: Iterable[User]) -> None:
    """To the curators of the level above, who may now answer too."""
    _tell(people, "overdue", state, f"overdue/{state.pk}/{state.lift}")


def taken_over(state: ReviewTaskState, before: User, by: User) -> None:
    """To the reviewer who had claimed it; it may go to and fro."""
    key = f"taken_over/{state.pk}/{int(timezone.now().timestamp())}"
    _tell([before], "taken_over", state, key, person=_name(by))


def small_change(state: ReviewTaskState, yes: ReviewTaskState, by: User) -> None:
    """To the curators whose yes was carried over, as they are today."""
    asked = asked_by(type(yes).objects.filter(pk=yes.pk))[yes.pk]
    people = User.objects.filter(pk__in=asked.people - {by.pk})
    _tell(people, "small", state, f"small/{state.pk}", person=_name(by))


def answered(state: ReviewTaskState) -> None:
    """To the contributor: published at last, sent back, or rejected, and why."""
    inbox.done_with(state)
    if kind := _kind_of(state):
        _tell(_contributors(state), kind, state, f"{kind}/{state.pk}")


def send(job: Job) -> None:
    """What a `mail` job does."""
    spec = job.spec
    user = User.objects.filter(pk=spec["user"], is_active=True).first()
    if user is None or not user.email:
        return
    EmailMessage(
        spec["subject"],
        spec["body"],
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def _tell(
    people: Iterable[User], kind: str, state: ReviewTaskState, key: str, **more: str
) -> None:
    people = list(people)
    if not people:
        return
    clip = state.clip
    path, link = _place(kind, clip)
    with override(settings.LANGUAGE_CODE):
        subject = _subjects()[kind] % {"title": clip.title}
        body = _body(kind, clip, state, link=link, **more)
    message = inbox.Message(key, kind, subject, body, path)
    inbox.tell(people, message, state, _muted(people, kind))


def _muted(people: Iterable[User], kind: str) -> set[int]:
    if (switch := _SWITCHES.get(kind)) is None:
        return set()
    return {
        user.pk
        for user in people
        if not getattr(UserProfile.get_for_user(user), switch)
    }


def _kind_of(state: ReviewTaskState) -> str:
    """A step's yes is news only when it was the last step."""
    if state.status == TaskState.STATUS_REJECTED:
        return "rejected" if state.is_final else "changes"
    is_over = state.workflow_state.status == WorkflowState.STATUS_APPROVED
    return "approved" if is_over else ""


def _subjects() -> dict[str, str]:
    return {
        "approved": _("Approved and published: %(title)s"),
        "changes": _("Changes asked for: %(title)s"),
        "overdue": _("Overdue, please review: %(title)s"),
        "rejected": _("Rejected: %(title)s"),
        "small": _("Small change to: %(title)s"),
        "taken_over": _("Taken over by another reviewer: %(title)s"),
        "waits": _("Waiting for your review: %(title)s"),
    }


def _contributors(state: ReviewTaskState) -> list[User]:
    people = {state.workflow_state.requested_by_id, state.clip.owner_id}
    people -= {None, state.finished_by_id}
    return list(User.objects.filter(pk__in=people, is_active=True))


def _place(kind: str, clip: ClipPage) -> tuple[str, str]:
    """Where it is read about, by path and by whole address."""
    if kind == "approved":
        path = f"/{clip.public_path()}"
    elif kind in inbox.NEEDED:
        path = reverse("uploads:clip", args=[clip.pk])
    else:
        path = reverse("review:clip", args=[clip.pk])
    return path, settings.PUBLIC_URL + path


def _body(kind: str, clip: ClipPage, state: ReviewTaskState, **more: str) -> str:
    context: dict[str, Any] = {
        "title": clip.title,
        "unit": clip.get_parent().title,
        "site": settings.WAGTAIL_SITE_NAME,
        "since": state.started_at,
        "reason": state.get_reason_display(),
        "words": state.comment,
        **more,
    }
    return render_to_string(f"review/mail/{kind}.txt", context).strip() + "\n"


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
