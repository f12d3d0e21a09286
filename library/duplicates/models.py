"""Pairs of clips that look like one, and what people said about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipPage


class Verdict(models.TextChoices):
    DUPLICATE = "duplicate", _("a duplicate")
    DIFFERENT = "different", _("not a duplicate")
    NEW_VERSION = "new_version", _("a new version")


class Ruling(models.Model):
    """`clip` is a duplicate of `other`, is not, or is a new version of it. Of the rulings
    about two clips the newest holds; none is changed or deleted.

    Nobody's: the two files are the same, which needs no opinion.
    """

    clip = models.ForeignKey(
        ClipPage, on_delete=models.SET_NULL, null=True, related_name="rulings"
    )
    clip_number = models.PositiveIntegerField(db_index=True)  # both stay when a
    other = models.ForeignKey(
        ClipPage, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    other_number = models.PositiveIntegerField(db_index=True)  # clip goes
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("ruling about two clips")
        verbose_name_plural = _("rulings about two clips")

    def __str__(self) -> str:
        return f"{self.clip_number} · {self.other_number}: {self.verdict}"

    @property
    def pair(self) -> frozenset[int]:
        return frozenset({self.clip_number, self.other_number})


class Pair(models.Model):
    """Two clips that somebody should look at side by side; `first` is the older one."""

    first = models.ForeignKey(ClipPage, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(ClipPage, on_delete=models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()  # how alike they are
    shift_ms = models.IntegerField(default=0)  # how far into `first` `second` begins
    same_file = models.BooleanField(default=False)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-percent", "pk"]
        verbose_name = _("pair of clips that are alike")
        verbose_name_plural = _("pairs of clips that are alike")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"
