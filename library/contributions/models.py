"""What is counted: the ledger's rows, campaigns with dates, and targets of units."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipKind, ClipPage
from library.units.models import UnitKind, UnitPage


class LedgerEntry(models.Model):
    """A clip counted for a unit from a moment on; withdrawn closes the row, nothing is deleted."""

    clip = models.ForeignKey(
        ClipPage, on_delete=models.SET_NULL, null=True, related_name="ledger"
    )
    clip_title = models.CharField(max_length=255)  # stays when the clip goes
    unit = models.ForeignKey(UnitPage, on_delete=models.PROTECT, related_name="ledger")
    kind = models.ForeignKey(ClipKind, on_delete=models.PROTECT, related_name="ledger")
    counted_from = models.DateTimeField(db_index=True)
    withdrawn_from = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["counted_from", "pk"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "unit"],
                condition=models.Q(withdrawn_from__isnull=True),
                name="a_clip_counts_once_for_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clip_title} · {self.unit}"


class Campaign(models.Model):
    """A period with a goal, such as “at least 100 clips, 2021–2025”."""

    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """How many clips (of a kind, or of any) a unit, or every unit of a kind, is to bring."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="targets"
    )
    unit = models.ForeignKey(
        UnitPage, on_delete=models.CASCADE, null=True, blank=True, related_name="targets"
    )
    unit_kind = models.ForeignKey(
        UnitKind, on_delete=models.CASCADE, null=True, blank=True, related_name="targets"
    )
    clip_kind = models.ForeignKey(
        ClipKind, on_delete=models.CASCADE, null=True, blank=True, related_name="targets"
    )
    clips = models.PositiveIntegerField(_("clips"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) ^ models.Q(unit_kind__isnull=True),
                name="target_is_for_a_unit_or_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.unit_kind}: {self.clips}"
