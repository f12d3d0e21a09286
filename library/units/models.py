"""Units as data: kinds, the page tree of today, names and parents with dates, members."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class LibraryPage(Page):
    """The root of one library: the site's home, with the top units below it."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["units.UnitPage"]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")


class UnitKind(models.Model):
    """A kind of unit (province, district, school branch, class branch …): data, not code."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"), help_text=_("1 is the highest; only used to order lists"), default=5
    )
    holds_targets = models.BooleanField(_("may hold targets"), default=True)

    class Meta:
        ordering = ["rank", "name"]
        verbose_name = _("unit kind")
        verbose_name_plural = _("unit kinds")

    def __str__(self) -> str:
        return self.name


class UnitPage(Page):
    """A unit of the organisation as it stands today; clips are its children.

    `code` never changes and is what reports, imports and addresses use.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.ForeignKey(
        UnitKind, on_delete=models.PROTECT, related_name="units", verbose_name=_("kind")
    )

    content_panels = [*Page.content_panels, FieldPanel("code"), FieldPanel("kind")]
    promote_panels = []
    parent_page_types = ["units.LibraryPage", "units.UnitPage"]
    subpage_types = ["units.UnitPage", "clips.ClipPage"]

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")


class UnitName(models.Model):
    """What a unit was called between two days (`valid_until` is the first day after)."""

    unit = models.ForeignKey(UnitPage, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=255)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="unit_name_starts_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitParent(models.Model):
    """Whose child a unit was between two days; a top unit has no parent."""

    unit = models.ForeignKey(UnitPage, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(
        UnitPage,
        on_delete=models.PROTECT,
        related_name="former_children",
        null=True,
        blank=True,
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="unit_parent_starts_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} ← {self.parent or '–'} ({self.valid_from})"


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("contributor")
    CURATOR = "curator", _("curator")
    ADMIN = "admin", _("admin")


class Membership(models.Model):
    """A person's role at a unit and everything below it, between two days.

    The only thing a person edits about rights: groups and page permissions follow.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(
        UnitPage,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("unit"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day without the role")
    )

    class Meta:
        ordering = ["unit", "role", "user"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"], name="one_membership_for_each_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"
