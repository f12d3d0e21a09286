"""A reorganisation as it is kept: its lines, where it stands, and what it changed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.reorganising.lines import Line
from library.units.models import UnitPage


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waits for its day")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class Reorganisation(models.Model):
    """`record` has the units before and after, in JSON, once it was applied, and the
    roles that went along.

    `within` is the lowest unit that holds all units concerned: whoever may reorganise
    there sees it. Without one it is the whole library's.
    """

    name = models.CharField(_("name"), max_length=150)
    on = models.DateField(_("day"), help_text=_("For every line without its own day"))
    lines = models.JSONField(default=list, blank=True, editable=False)
    carries_roles = models.BooleanField(
        _("People keep their roles at the unit that follows"),
        default=False,
        help_text=_(
            "Contributors and curators of a unit that is merged or goes on under another "
            "code get the same role at the unit that follows, from that day on; "
            "administrators where that unit is newly founded."
        ),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    within = models.ForeignKey(
        UnitPage, on_delete=models.SET_NULL, null=True, related_name="reorganisations"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    record = models.JSONField(default=dict, blank=True, editable=False)
    trouble = models.TextField(
        blank=True, editable=False
    )  # why it was not done on its day

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> list[Line]:
        return [Line.from_json(line) for line in self.lines]

    @asked.setter
    def asked(self, lines: list[Line]) -> None:
        self.lines = [line.to_json() for line in lines]

    @property
    def last_day(self) -> datetime.date:
        """The first day on which the whole of it can hold."""
        return max((line.on for line in self.asked), default=self.on)

    @property
    def is_editable(self) -> bool:
        return self.state == State.DRAFT
