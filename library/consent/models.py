"""Who is seen and agreed, consent that was withdrawn, and problems that were reported."""

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


class PersonQuerySet(models.QuerySet["PersonSeen"]):
    def incomplete(self) -> PersonQuerySet:
        """The same rule as `PersonSeen.is_complete`."""
        lacks_child = Q(age=PersonSeen.Age.FROM_7, child_agreed_on=None)
        entered = Q(source=PersonSeen.Source.ENTERED)
        return self.filter(entered & (Q(guardian_agreed_on=None) | lacks_child))


class PersonSeen(models.Model):
    """A minor who can be recognised in a clip, and the consent that is on file.

    Law 91/2025/QH15, article 24: from age 7 the child's and the guardian's, below it the
    guardian's.
    """

    class Age(models.TextChoices):
        UNDER_7 = "under_7", _("below 7 years")
        FROM_7 = "from_7", _("7 years or older")

    class Source(models.TextChoices):
        ENTERED = "entered", _("written down here")
        IMPORT = "import", _("said by whoever imported the clip: papers on file")
        BEFORE = "before", _("said before records were kept: papers on file")

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="people_seen"
    )
    source = models.CharField(
        max_length=10, choices=Source.choices, default=Source.ENTERED
    )
    who = models.CharField(_("who is seen"), max_length=120, blank=True)
    age = models.CharField(
        _("age"), max_length=10, choices=Age.choices, default=Age.FROM_7
    )
    guardian_agreed_on = models.DateField(_("guardian agreed on"), null=True)
    guardian_how = models.CharField(_("how"), max_length=200, blank=True)
    child_agreed_on = models.DateField(_("child agreed on"), null=True)
    child_how = models.CharField(_("how"), max_length=200, blank=True)
    paper = models.CharField(max_length=80, blank=True)  # a key of the private storage
    paper_kind = models.CharField(max_length=10, blank=True)
    paper_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    paper_at = models.DateTimeField(null=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = PersonQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person seen")
        verbose_name_plural = _("people seen")

    def __str__(self) -> str:
        return self.who or str(self.get_source_display())

    @property
    def is_complete(self) -> bool:
        if self.source != self.Source.ENTERED:
            return True
        child = self.age == self.Age.UNDER_7 or self.child_agreed_on is not None
        return child and self.guardian_agreed_on is not None


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
