"""The mail of an invitation: to the invited address alone, in Vietnamese, by a job.

The job knows the invitation by its number: no code stands in a job or its error.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from library.invitations import accepting
from library.invitations.models import Invitation
from library.units import names
from library.units.member_forms import ROLES
from media_pipeline import jobs
from media_pipeline.jobs.models import Job

KIND = "invitation"


class Sending(models.TextChoices):
    """How a mail fares."""

    WAITING = "waiting", _("mail is on its way")
    DELAYED = "delayed", _("mail server does not answer, tried again")
    FAILED = "failed", _("mail could not be sent")
    SENT = "sent", _("mail sent")


def ask(invitation: Invitation) -> None:
    """Once more when it was sent already; a server that is down only delays it."""
    jobs.request(_key(invitation.pk), KIND, {"invitation": invitation.pk})


def send(job: Job) -> None:
    """What the job does; nothing for one that was withdrawn or accepted meanwhile."""
    rows = Invitation.objects.select_related("unit", "made_by").exclude(email="")
    invitation = rows.filter(pk=job.spec["invitation"]).first()
    if invitation is None or accepting.trouble(invitation):
        return
    with override(settings.LANGUAGE_CODE):
        site = settings.WAGTAIL_SITE_NAME
        subject = gettext("You are invited to %(site)s") % {"site": site}
        body = render_to_string("invitations/mail/invitation.txt", _told(invitation))
    EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    Invitation.objects.filter(pk=invitation.pk).update(mailed_at=timezone.now())


def fare(invitations: Iterable[Invitation]) -> dict[int, Sending]:
    """How the mail of each fares, in one query."""
    by_mail = [row for row in invitations if row.email]
    asked = Job.objects.filter(key__in=[_key(row.pk) for row in by_mail])
    known = {job.key: job for job in asked}
    return {row.pk: _sending(row, known.get(_key(row.pk))) for row in by_mail}


def _sending(invitation: Invitation, job: Job | None) -> Sending:
    if job is not None and job.state == Job.State.FAILED:
        return Sending.FAILED
    if job is not None and job.state != Job.State.DONE:
        return Sending.DELAYED if job.error else Sending.WAITING
    return Sending.SENT if invitation.mailed_at else Sending.WAITING


def _key(number: int) -> str:
    return f"{KIND}/{number}"


def _told(invitation: Invitation) -> dict[str, object]:
    by = invitation.made_by
    return {
        "site": settings.WAGTAIL_SITE_NAME,
        "by": by and names.shown(by),
        "unit": invitation.unit.title,
        "role": dict(ROLES)[invitation.role],
        "link": invitation.address,
        "code": invitation.code_in_groups,
        "last_day": invitation.last_day,
    }
