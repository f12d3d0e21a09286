"""Consent that was withdrawn, and problems that people reported with a clip."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipPage

LONGEST_WORDS = 2000


class Reason(models.TextChoices):
    IMAGE = "image", _("I am, or my child is, to be seen or heard in it")
    COPYRIGHT = "copyright", _("Copyright: it uses somebody else's work")
    CONTENT = "content", _("Something in it is wrong or unsuitable")
    PLAYING = "playing", _("Sound or picture: it does not play well")
    OTHER = "other", _("Something else")


class Problem(models.Model):
    """What somebody without an account told about a clip.

    Their words, their address and what tells them from other senders are personal data:
    `problems.forget()` takes them away in time, the rest of the row stays.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        DONE = "done", _("done")

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="problems"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    words = models.TextField(_("words"), max_length=LONGEST_WORDS, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    sender = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=LONGEST_WORDS, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reported problem")
        verbose_name_plural = _("reported problems")
        indexes = [
            models.Index(fields=["state", "-at"], name="problems_that_wait"),
            models.Index(fields=["sender", "at"], name="problems_of_a_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.clip}: {self.get_reason_display()}"

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class CaseQuerySet(models.QuerySet["ConsentCase"]):
    def open(self) -> CaseQuerySet:
        return self.filter(closed_at=None)


class ConsentCase(models.Model):
    """From its opening until consent is given anew nothing of the clip is public."""

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="consent_cases"
    )
    problem = models.ForeignKey(
        Problem, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    why = models.TextField(_("why"), max_length=LONGEST_WORDS)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    how = models.TextField(_("how"), max_length=LONGEST_WORDS, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("withdrawn consent")
        verbose_name_plural = _("withdrawn consents")
        constraints = [
            models.UniqueConstraint(
                fields=["clip"],
                condition=Q(closed_at=None),
                name="one_open_case_of_a_clip",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clip} ({self.opened_at:%Y-%m-%d})"
