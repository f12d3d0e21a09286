"""What people are told about clips, in Vietnamese: who is told what, in which words.

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
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from library.review import audience, inbox
from library.review.waits import of as asked_by
from library.units import names
from library.units.permissions import Right

if TYPE_CHECKING:
    from library.clips.models import ClipPage
    from library.review.models import ReviewTaskState, Withdrawal
    from media_pipeline.jobs.models import Job

# Which of Wagtail's own switches in a person's account turns the mails of a kind off.
_SWITCHES = {
    "approved": "approved_notifications",
    "changes": "rejected_notifications",
    "overdue": "submitted_notifications",
    "problem": "submitted_notifications",
    "rejected": "rejected_notifications",
    "waits": "submitted_notifications",
    "withdrawn": "rejected_notifications",
}


def waits(state: ReviewTaskState, approvers: Iterable[User]) -> None:
    """To the people who may decide on this clip, and to nobody else."""
    key = f"waits/{state.pk}/{state.kind_id or 0}"
    _tell_of_step(approvers, "waits", state, key)


def overdue(state: ReviewTaskState, people: Iterable[User]) -> None:
    """To the curators of the level above, who may now answer too."""
    _tell_of_step(people, "overdue", state, f"overdue/{state.pk}/{state.lift}")


def taken_over(state: ReviewTaskState, before: User, by: User) -> None:
    """To the reviewer who had claimed it; it may go to and fro."""
    key = f"taken_over/{state.pk}/{int(timezone.now().timestamp())}"
    _tell_of_step([before], "taken_over", state, key, person=names.shown(by))


def small_change(state: ReviewTaskState, yes: ReviewTaskState, by: User) -> None:
    """To the curators whose yes was carried over, as they are today."""
    asked = asked_by(type(yes).objects.filter(pk=yes.pk))[yes.pk]
    people = User.objects.filter(pk__in=asked.people - {by.pk})
    _tell_of_step(people, "small", state, f"small/{state.pk}", person=names.shown(by))


def answered(state: ReviewTaskState) -> None:
    """To the contributor: published at last, sent back, or rejected, and why."""
    inbox.done_with(state)
    if kind := _kind_of(state):
        own = audience.own_people(state.clip)
        people = [one for one in own.people if one.pk != state.finished_by_id]
        key = f"{kind}/{state.pk}"
        _tell_of_step(people, kind, state, key, have_left=own.have_left)


def withdrawn(row: Withdrawal) -> None:
    """To the contributor and the unit's admins: it is not public any more, and why."""
    own = audience.own_people(row.clip)
    people = (own.people | audience.admins(row.clip)) - {row.user}
    key, left = f"withdrawn/{row.pk}", own.have_left
    _tell(people, "withdrawn", row.clip, key, why=row.why, have_left=left)


def consent_withdrawn(clip: ClipPage, by: User, *, was_live: bool) -> None:
    """To those who answer for it there, and of a draft to its own people besides: those
    of a public clip hear of its withdrawal.

    In neutral words: why, and by whom it was asked, is read where it was written down.
    """
    people = audience.answering(clip, Right.ANSWER_PROBLEMS)
    told = audience.own_people(clip).people | audience.admins(clip)
    people = people - told if was_live else people | told
    key = f"consent/{clip.pk}/{int(timezone.now().timestamp())}"
    _tell(people - {by}, "consent", clip, key)


def problem_reported(
    clip: ClipPage, reason: str, why: str | Promise, problem: int
) -> None:
    """To the nearest who may answer; of the same reason once a day, however many write.

    The visitor's words and address stay where they are forgotten in time.
    """
    people = audience.answering(clip, Right.ANSWER_PROBLEMS)
    key = f"problem/{clip.pk}/{reason}/{timezone.localdate()}"
    path = reverse("problems:problem", args=[problem])
    _tell(people, inbox.PROBLEM, clip, key, path=path, why=why)


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


def _tell_of_step(
    people: Iterable[User], kind: str, state: ReviewTaskState, key: str, **more: Any
) -> None:
    with override(settings.LANGUAGE_CODE):
        reason = state.get_reason_display()
    more |= {"since": state.started_at, "reason": reason, "words": state.comment}
    _tell(people, kind, state.clip, key, step=state, **more)


def _tell(
    people: Iterable[User],
    kind: str,
    clip: ClipPage,
    key: str,
    *,
    step: ReviewTaskState | None = None,
    path: str = "",
    **more: Any,
) -> None:
    people = list(people)
    if not people:
        return
    path = path or _path(kind, clip)
    with override(settings.LANGUAGE_CODE):
        subject = _subjects()[kind] % {"title": clip.title}
        body = _body(kind, clip, settings.PUBLIC_URL + path, more)
    message = inbox.Message(key, kind, subject, body, path, clip, step)
    inbox.tell(people, message, _muted(people, kind))


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
        "consent": _("Consent was withdrawn: %(title)s"),
        "overdue": _("Overdue, please review: %(title)s"),
        "problem": _("A problem was reported: %(title)s"),
        "rejected": _("Rejected: %(title)s"),
        "small": _("Small change to: %(title)s"),
        "taken_over": _("Taken over by another reviewer: %(title)s"),
        "waits": _("Waiting for your review: %(title)s"),
        "withdrawn": _("Withdrawn from the public: %(title)s"),
    }


def _path(kind: str, clip: ClipPage) -> str:
    """Where it is read about."""
    if kind == "approved":
        return f"/{clip.public_path()}"
    if kind == "consent":
        return reverse("consent:clip", args=[clip.pk])
    if kind in inbox.NEEDED or kind == "withdrawn":
        return reverse("uploads:clip", args=[clip.pk])
    return reverse("review:clip", args=[clip.pk])


def _body(kind: str, clip: ClipPage, link: str, more: dict[str, Any]) -> str:
    context = {
        "title": clip.title,
        "unit": clip.get_parent().title,
        "site": settings.WAGTAIL_SITE_NAME,
        "link": link,
        **more,
    }
    return render_to_string(f"review/mail/{kind}.txt", context).strip() + "\n"
