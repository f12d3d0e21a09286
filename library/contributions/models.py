"""What is counted: the ledger's rows, campaigns with dates, and targets of units."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from library.clips.models import ClipKind, ClipPage
from library.units.models import UnitKind, UnitPage


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def open(self) -> LedgerQuerySet:
        return self.filter(withdrawn_from__isnull=True)

    def at(self, moment: datetime.datetime) -> LedgerQuerySet:
        """What counted at the moment, whatever became of it since."""
        return self.filter(counted_from__lte=moment).exclude(withdrawn_from__lte=moment)

    def meant(self) -> LedgerQuerySet:
        """Without rows that were written in error."""
        return self.exclude(withdrawn_from=models.F("counted_from"))


class Partner(models.Model):
    """A unit that made a clip together with the one it stands under."""

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="partners"
    )
    unit = models.ForeignKey(
        UnitPage, on_delete=models.PROTECT, related_name="partnerships"
    )

    class Meta:
        ordering = ["clip", "unit"]
        verbose_name = _("co-contributing unit")
        verbose_name_plural = _("co-contributing units")
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "unit"], name="a_unit_partners_a_clip_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clip} · {self.unit}"


class Crew(models.Model):
    """A set of co-contributing units, shared by all rows that have it; never changed.

    `key` is their ids in order: sums group by it and read no further row.
    """

    key = models.CharField(max_length=255, unique=True)
    units = models.ManyToManyField(UnitPage, through="CrewMember", related_name="crews")

    def __str__(self) -> str:
        return self.key


class CrewMember(models.Model):
    """Keeps a unit that has credit from being deleted."""

    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(UnitPage, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.crew} · {self.unit}"


class LedgerEntry(models.Model):
    """A clip counted for a unit from a moment on; withdrawn closes the row, nothing is deleted.

    It counts at a moment t when `counted_from` ≤ t and it is not withdrawn by then. A
    row that was written in error is closed at the moment it began, and so never counts.
    """

    clip = models.ForeignKey(
        ClipPage, on_delete=models.SET_NULL, null=True, related_name="ledger"
    )
    clip_number = models.PositiveIntegerField(db_index=True)  # these two stay when
    clip_title = models.CharField(max_length=255)  # the clip goes
    unit = models.ForeignKey(UnitPage, on_delete=models.PROTECT, related_name="ledger")
    kind = models.ForeignKey(
        ClipKind, on_delete=models.PROTECT, null=True, related_name="ledger"
    )
    crew = models.ForeignKey(  # who has credit besides; none: the unit alone
        Crew, on_delete=models.PROTECT, null=True, related_name="ledger"
    )
    counted_from = models.DateTimeField(db_index=True)
    withdrawn_from = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["counted_from", "pk"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [
            models.Index(  # what sums read, in the order in which they group
                fields=["unit", "crew", "kind", "counted_from", "withdrawn_from"],
                name="ledger_sums",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clip", "unit"],
                condition=models.Q(withdrawn_from__isnull=True),
                name="a_clip_counts_once_for_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clip_title} · {self.unit}"


class Headcount(models.Model):
    """How many members a unit has: it is ranked with others of like size."""

    unit = models.OneToOneField(
        UnitPage, on_delete=models.CASCADE, related_name="headcount"
    )
    members = models.PositiveIntegerField(
        _("members"), validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("number of members")
        verbose_name_plural = _("numbers of members")

    def __str__(self) -> str:
        return f"{self.unit}: {self.members}"


class Campaign(ClusterableModel):
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

    def clean(self) -> None:
        super().clean()
        days: tuple[datetime.date | None, ...] = (self.starts_on, self.ends_on)
        if None not in days and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    def elapsed(self, day: datetime.date) -> float:
        """How much of its time is over at the end of the day, 0 to 1."""
        days = (self.ends_on - self.starts_on).days + 1
        return min(1.0, max(0.0, ((day - self.starts_on).days + 1) / days))


class Target(models.Model):
    """How many clips (of a kind, or of any) a unit, or every unit of a kind, is to bring."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="targets")
    unit = models.ForeignKey(
        UnitPage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("unit"),
    )
    unit_kind = models.ForeignKey(
        UnitKind,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("every unit of the kind"),
    )
    clip_kind = models.ForeignKey(
        ClipKind,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("kind of clip"),
        help_text=_("Empty: clips of any kind"),
    )
    clips = models.PositiveIntegerField(_("clips"), validators=[MinValueValidator(1)])
    given_by = (
        models.ForeignKey(  # the unit above that passed it on; none: the campaign
            UnitPage,
            on_delete=models.SET_NULL,
            null=True,
            editable=False,
            related_name="targets_passed_on",
        )
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True)
                ^ models.Q(unit_kind__isnull=True),
                name="target_is_for_a_unit_or_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.unit_kind}: {self.clips}"

    def clean(self) -> None:
        super().clean()
        if (self.unit_id is None) == (self.unit_kind_id is None):
            raise ValidationError(_("Choose a unit, or a kind of unit, not both."))
        kind = self.unit.kind if self.unit else self.unit_kind
        if kind and not kind.holds_targets:
            said = _("Units of the kind “%(kind)s” hold no targets.")
            raise ValidationError(said, params={"kind": kind})


class FrozenMonth(models.Model):
    """Somebody signed what a unit and all below it had in a month; it stays as signed."""

    unit = models.ForeignKey(
        UnitPage, on_delete=models.PROTECT, related_name="frozen_months"
    )
    month = models.DateField()  # its first day
    frozen_at = models.DateTimeField(auto_now_add=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_by = models.CharField(max_length=200)  # the name stays when the account goes

    class Meta:
        ordering = ["-month"]
        verbose_name = _("month that was signed")
        verbose_name_plural = _("months that were signed")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], name="a_unit_signs_a_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.month:%m/%Y}"


class FrozenFigure(models.Model):
    """What one unit had in a month that was signed."""

    frozen = models.ForeignKey(
        FrozenMonth, on_delete=models.PROTECT, related_name="figures"
    )
    unit = models.ForeignKey(UnitPage, on_delete=models.PROTECT, related_name="+")
    own = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["frozen", "unit"], name="one_figure_for_each_unit_of_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.total}"
