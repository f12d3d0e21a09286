"""What was sought in vain, week by week, and what was decided about it; nothing of who."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

LONGEST = 80  # characters of a question that is kept
SHOWN_FROM = 3  # times in a week: one person's own words stay unseen


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    IGNORED = "ignored", _("ignored")


class UnansweredQuerySet(models.QuerySet["Unanswered"]):
    def shown(self) -> UnansweredQuerySet:
        """Asked often enough that it is nobody's own."""
        return self.filter(times__gte=SHOWN_FROM)

    def open(self) -> UnansweredQuerySet:
        return self.exclude(Exists(_settled()))

    def settled(self, outcome: str) -> UnansweredQuerySet:
        return self.filter(Exists(_settled().filter(outcome=outcome)))


class Unanswered(models.Model):
    """A question that found nothing, in one week. `key` has no marks and one spelling;
    `words` are as somebody last wrote them, with marks where anybody did."""

    week = models.DateField(_("week"))  # its Monday
    key = models.CharField(max_length=LONGEST)
    words = models.CharField(_("words"), max_length=LONGEST)
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = UnansweredQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-times", "key"]
        verbose_name = _("question without an answer")
        verbose_name_plural = _("questions without an answer")
        constraints = [
            models.UniqueConstraint(
                fields=["week", "key"], name="a_question_once_a_week"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Settled(models.Model):
    """Done: seen to in that week; asked in vain later, it is open again. Ignored: for good."""

    key = models.CharField(max_length=LONGEST, unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    week = models.DateField()

    class Meta:
        verbose_name = _("settled question")
        verbose_name_plural = _("settled questions")

    def __str__(self) -> str:
        return self.key


def _settled() -> models.QuerySet[Settled]:
    still = Q(outcome=Outcome.IGNORED) | Q(week__gte=OuterRef("week"))
    return Settled.objects.filter(still, key=OuterRef("key"))


def once_more(question: Unanswered) -> bool:
    """Counts it where it is known; of two spellings the one with marks stays."""
    known = Unanswered.objects.filter(week=question.week, key=question.key)
    more: dict[str, object] = {"times": F("times") + 1}
    if question.words != question.key:
        more["words"] = question.words
    return bool(known.update(**more))
