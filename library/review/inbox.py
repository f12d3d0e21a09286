"""The inbox inside the site: what a person was told of clips, and how mail follows.

Every notice lies in the inbox. Whether it is mailed too, at once or once a day, the
person chooses; a clip that waits for its contributor is always mailed at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipPage
from media_pipeline import jobs

if TYPE_CHECKING:
    from library.review.models import ReviewTaskState

# Answers that its contributor has to do something about.
NEEDED = frozenset({"changes", "rejected"})
# Done with as soon as anybody has answered.
WORK = frozenset({"waits", "overdue"})
PROBLEM = "problem"
MORNING = 6  # o'clock: no digest before


class When(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all in one mail")
    NEVER = "never", _("Not by mail: I read them in the inbox")


class MailChoice(models.Model):
    """When a person wants mails about clips; without a row: at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_mail"
    )
    when = models.CharField(
        _("Mails about clips"),
        max_length=10,
        choices=When.choices,
        default=When.AT_ONCE,
        help_text=_(
            "A clip of yours that was sent back or rejected is always told at once."
        ),
    )
    digest_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_when_display()}"


class Notice(models.Model):
    """One thing that one person was told."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    clip = models.ForeignKey(ClipPage, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(  # none: it is not about a review
        "review.ReviewTaskState", on_delete=models.CASCADE, null=True, related_name="+"
    )
    subject = models.CharField(max_length=300)
    body = models.TextField()
    path = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    for_digest = models.BooleanField(default=False)  # mailed with the next one

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], name="told_once_to_each_person"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="notices_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.subject


@dataclass(frozen=True)
class Message:
    """What is told: `key` names the occasion, so that nobody is told twice."""

    key: str
    kind: str
    subject: str
    body: str
    path: str
    clip: ClipPage
    step: ReviewTaskState | None = None


def tell(people: Iterable[User], message: Message, muted: set[int]) -> None:
    """To each of them, once; `muted` want no mail of this kind at all."""
    for user in people:
        when = When.NEVER if user.pk in muted else chosen(user)
        if message.kind in NEEDED and user.pk not in muted:
            when = When.AT_ONCE
        _row, is_new = Notice.objects.get_or_create(
            user=user,
            key=message.key,
            defaults={
                "kind": message.kind,
                "clip": message.clip,
                "step": message.step,
                "subject": " ".join(message.subject.split())[:300],
                "body": message.body,
                "path": message.path,
                "for_digest": when == When.DAILY,
            },
        )
        if is_new and when == When.AT_ONCE:
            mail(f"{message.key}/{user.pk}", user, message.subject, message.body)


def chosen(user: User) -> When:
    row = MailChoice.objects.filter(user=user).first()
    return When(row.when) if row else When.AT_ONCE


def mail(key: str, user: User, subject: str, body: str) -> None:
    """A job: a mail server that is down delays the mail and never the answer."""
    spec = {"user": user.pk, "subject": " ".join(subject.split()), "body": body}
    jobs.request(f"mail/{key}", "mail", spec)


def of(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user)


def unread(user: User | AnonymousUser) -> int:
    return Notice.objects.filter(user=user.pk).filter(read_at=None).count()


def read(notices: QuerySet[Notice]) -> int:
    return notices.filter(read_at=None).update(read_at=timezone.now())


def done_with(step: ReviewTaskState) -> None:
    """Somebody has answered: nobody is asked any more."""
    read(Notice.objects.filter(step=step, kind__in=WORK))


def done_with_problems(clip: ClipPage) -> None:
    """None that was reported of it waits any more."""
    read(Notice.objects.filter(clip=clip, kind=PROBLEM))


def send_digests(now: datetime.datetime | None = None) -> int:
    """Upkeep, safe at any time: one mail a morning to whoever chose so and has news."""
    local = timezone.localtime(now)
    if local.hour < MORNING:
        return 0
    day = local.date()
    due = MailChoice.objects.exclude(digest_on=day)
    waiting = Notice.objects.filter(for_digest=True)
    due = due.filter(user__in=waiting.values("user"), user__is_active=True)
    return sum(_digest(choice.pk, day) for choice in due)


@transaction.atomic
def _digest(choice: int, day: datetime.date) -> bool:
    row = MailChoice.objects.select_for_update().get(pk=choice)
    if row.digest_on == day:  # another worker was quicker
        return False
    told = Notice.objects.filter(user=row.user_id, for_digest=True)
    open_ = list(told.filter(read_at=None).order_by("at", "pk"))
    told.update(for_digest=False)
    row.digest_on = day
    row.save(update_fields=["digest_on"])
    if not open_:  # all read meanwhile
        return False
    with override(settings.LANGUAGE_CODE):
        subject = gettext("News of your clips: %(count)s") % {"count": len(open_)}
        context = {
            "notices": open_,
            "site": settings.WAGTAIL_SITE_NAME,
            "link": settings.PUBLIC_URL + reverse("review:inbox"),
            "host": settings.PUBLIC_URL,
        }
        body = render_to_string("review/mail/digest.txt", context).strip() + "\n"
    mail(f"digest/{row.user_id}/{day}", row.user, subject, body)
    return True
