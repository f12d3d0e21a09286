"""Units as data: kinds, the page tree of today, names and parents with dates, members."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from library.units.addresses import OwnAddress
from library.units.testers import UnitPermissionTester


class LibraryPage(OwnAddress, Page):
    """The root of one library: the site's home, with the top units below it."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["units.UnitPage"]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def public_path(self) -> str:
        return ""


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


class UnitForm(WagtailAdminPageForm):
    """The admin's form of a unit: its code is given once, at its founding."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].disabled = self.instance.pk is not None


class UnitPage(OwnAddress, Page):
    """A unit of the organisation as it stands today; clips are its children.

    `code` never changes and is what reports, imports and addresses use. A unit that
    ended keeps its page and its clips, below the unit that continues it.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.ForeignKey(
        UnitKind, on_delete=models.PROTECT, related_name="units", verbose_name=_("kind")
    )
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, editable=False
    )  # the first day without it; its page stays below what continues it

    # A plain panel: Wagtail's own for titles writes into a slug's, which is not here.
    content_panels: ClassVar[list[Panel]] = [
        FieldPanel(
            "title",
            heading=_("Name"),
            help_text=_("As it is called today; former names stay in its history"),
        ),
        FieldPanel(
            "code",
            help_text=_(
                "Small letters without marks, digits and hyphens: thpt-dong-xoai. It is "
                "part of the address and never changes."
            ),
        ),
        FieldPanel("kind"),
    ]
    promote_panels: ClassVar[list[Panel]] = []
    parent_page_types = ["units.LibraryPage", "units.UnitPage"]
    subpage_types = ["units.UnitPage", "clips.ClipPage"]
    base_form_class = UnitForm

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.slug: str = self.slug or self.code
        super().full_clean(*args, **kwargs)

    def public_path(self) -> str:
        return f"don-vi/{self.code}/"

    def with_content_json(self, content: dict[str, Any]) -> UnitPage:
        """Whether it stands is not a draft's to say."""
        page: UnitPage = super().with_content_json(content)
        page.ended_on = self.ended_on
        return page

    def get_admin_display_title(self) -> str:
        title = str(super().get_admin_display_title())
        return str(_("%(unit)s (ended)") % {"unit": title}) if self.ended_on else title

    def is_in_use(self) -> bool:
        """Whether pages, people, history or counts hang on it: then it has to stay."""
        try:
            Collector(using=self._state.db or DEFAULT_DB_ALIAS).collect([self])
        except (models.ProtectedError, models.RestrictedError):
            return True
        return not self.is_leaf() or self.memberships.exists()

    def permissions_for_user(self, user: AbstractBaseUser) -> UnitPermissionTester:
        """Wagtail asks this for a base `Page` of a unit, too."""
        return UnitPermissionTester(user, self)


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


class UnitKindSpell(models.Model):
    """Of which kind a unit was between two days."""

    unit = models.ForeignKey(UnitPage, on_delete=models.CASCADE, related_name="kinds")
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="spells")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="unit_kind_starts_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.kind} ({self.valid_from})"


class Succession(models.TextChoices):
    """What became of a unit that ended."""

    MERGE = "merge", _("merged into")
    SPLIT = "split", _("split into")
    RENAME = "rename", _("goes on as")
    DISSOLVE = "dissolve", _("dissolved, kept by")


class UnitSuccession(models.Model):
    """Which unit continues one that ended, since the day `on`; a split has several."""

    old = models.ForeignKey(
        UnitPage, on_delete=models.PROTECT, related_name="successions"
    )
    new = models.ForeignKey(
        UnitPage, on_delete=models.PROTECT, related_name="inheritances"
    )
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=Succession.choices)

    class Meta:
        ordering = ["old", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"], name="a_unit_succeeds_another_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.on})"


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("contributor")
    CURATOR = "curator", _("curator")
    ADMIN = "admin", _("admin")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: datetime.date | None = None) -> MembershipQuerySet:
        """Those that hold on a day, by default today."""
        day = day or timezone.localdate()
        return self.filter(valid_from__lte=day).exclude(valid_until__lte=day)


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

    objects = MembershipQuerySet.as_manager()

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

    @property
    def is_over(self) -> bool:
        """Ended; one that has not begun is not."""
        return self.valid_until is not None and self.valid_until <= timezone.localdate()


class UnitGroup(models.Model):
    """The group in which the holders of one role at one unit are, while it lasts."""

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="unit_group"
    )
    unit = models.ForeignKey(UnitPage, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "role"], name="one_group_for_each_role_at_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.unit}"
