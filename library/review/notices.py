"""Mails about a review, in Vietnamese: who gets which, what it says, and its sending.

A mail is a job row written with the answer itself; a mail server that is down delays
the mail and never the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from media_pipeline import jobs

if TYPE_CHECKING:
    from library.clips.models import ClipPage
    from library.review.models import ReviewTaskState
    from media_pipeline.jobs.models import Job


def waits(state: ReviewTaskState, approvers: Iterable[User]) -> None:
    """To the people who may decide on this clip, and to nobody else."""
    clip = state.clip
    with override(settings.LANGUAGE_CODE):
        subject = _("Waiting for your review: %(title)s") % {"title": clip.title}
        body = _body("waits", clip, link=_address("review:clip", clip), state=state)
    for user in approvers:
        if UserProfile.get_for_user(user).submitted_notifications:
            _request(f"mail/waits/{state.pk}/{user.pk}", user, subject, body)


def answered(state: ReviewTaskState) -> None:
    """To the contributor: published at last, sent back, or rejected, and why."""
    clip = state.clip
    kind = _kind_of(state)
    if not kind:
        return
    public = kind == "approved"
    link = (
        f"{settings.PUBLIC_URL}/{clip.public_path()}"
        if public
        else _address("uploads:clip", clip)
    )
    with override(settings.LANGUAGE_CODE):
        subject = _subjects()[kind] % {"title": clip.title}
        body = _body(kind, clip, link=link, state=state)
    wants = "approved_notifications" if public else "rejected_notifications"
    for user in _contributors(state, clip):
        if getattr(UserProfile.get_for_user(user), wants):
            _request(f"mail/{kind}/{state.pk}/{user.pk}", user, subject, body)


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
        "rejected": _("Rejected: %(title)s"),
    }


def _contributors(state: ReviewTaskState, clip: ClipPage) -> list[User]:
    people = {state.workflow_state.requested_by_id, clip.owner_id}
    people -= {None, state.finished_by_id}
    return list(User.objects.filter(pk__in=people, is_active=True))


def _body(kind: str, clip: ClipPage, *, link: str, state: ReviewTaskState) -> str:
    context: dict[str, Any] = {
        "title": clip.title,
        "unit": clip.get_parent().title,
        "site": settings.WAGTAIL_SITE_NAME,
        "link": link,
        "reason": state.get_reason_display(),
        "words": state.comment,
    }
    return render_to_string(f"review/mail/{kind}.txt", context).strip() + "\n"


def _address(name: str, clip: ClipPage) -> str:
    return settings.PUBLIC_URL + reverse(name, args=[clip.pk])


def _request(key: str, user: User, subject: str, body: str) -> None:
    one_line = " ".join(subject.split())
    jobs.request(key, "mail", {"user": user.pk, "subject": one_line, "body": body})
