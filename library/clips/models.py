"""The clip: a page under its unit, with its subject, skills, credits and captions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable, Page

from library.clips.licences import licence_choices
from library.units.models import UnitPage


class ClipKind(models.Model):
    """What a clip is (lecture, skill, event recording …); targets count by it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of clip")
        verbose_name_plural = _("kinds of clip")

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """A grade of the school programme; `code` is its number as text ("10")."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    level = models.CharField(_("school level"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("grade")
        verbose_name_plural = _("grades")

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """A subject of the school programme."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return self.name


class SubjectOffer(models.Model):
    """The grades in which a subject is taught, from a school year on."""

    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="offers"
    )
    first_grade = models.PositiveSmallIntegerField(_("first grade"))
    last_grade = models.PositiveSmallIntegerField(_("last grade"))
    compulsory = models.BooleanField(_("compulsory"), default=True)
    from_year = models.PositiveSmallIntegerField(_("from school year"), default=2020)

    class Meta:
        ordering = ["first_grade"]
        verbose_name = _("subject by grade")
        verbose_name_plural = _("subjects by grade")

    def __str__(self) -> str:
        return f"{self.subject} {self.first_grade}–{self.last_grade}"


class Skill(models.Model):
    """A skill; roots have no parent."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """An ordered set of clips of one unit."""

    unit = models.ForeignKey(
        UnitPage,
        on_delete=models.CASCADE,
        related_name="series",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"], name="series_title_once_in_a_unit"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Consent(models.TextChoices):
    """Who can be seen in the clip, and whether they agreed (law 91/2025/QH15, art. 24)."""

    NO_MINORS = "no_minors", _("No child or pupil can be recognised")
    ON_FILE = "on_file", _("The children and their guardians agreed; papers on file")
    MISSING = "missing", _("Children can be recognised, consent is not complete yet")


class ClipPage(Page):
    """One clip of a unit: made by an upload, published by the end of its review."""

    description = models.TextField(_("description"), blank=True, max_length=5000)
    kind = models.ForeignKey(
        ClipKind,
        on_delete=models.PROTECT,
        related_name="clips",
        verbose_name=_("kind"),
        null=True,
        blank=True,
    )
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="clips",
        verbose_name=_("subject"),
        null=True,
        blank=True,
    )
    grades = ParentalManyToManyField(
        Grade, related_name="clips", verbose_name=_("grades"), blank=True
    )
    skills = ParentalManyToManyField(
        Skill, related_name="clips", verbose_name=_("skills"), blank=True
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        related_name="clips",
        verbose_name=_("series"),
        null=True,
        blank=True,
    )
    series_order = models.PositiveSmallIntegerField(_("number in series"), default=0)
    licence = models.CharField(
        _("licence"), max_length=20, choices=licence_choices, blank=True
    )
    consent = models.CharField(
        _("people in the picture"),
        max_length=20,
        choices=Consent.choices,
        blank=True,
    )
    poster_choice = models.PositiveSmallIntegerField(_("poster"), default=0)
    asset = models.OneToOneField(
        "media_pipeline.Asset",
        on_delete=models.PROTECT,
        related_name="clip",
        verbose_name=_("video"),
        null=True,
        blank=True,
        editable=False,
    )

    parent_page_types = ["units.UnitPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("clip")
        verbose_name_plural = _("clips")


class Credit(Orderable):
    """A person named with a clip, as a speaker or as a maker."""

    class Part(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        MAKER = "maker", _("maker")

    clip = ParentalKey(ClipPage, on_delete=models.CASCADE, related_name="credits")
    part = models.CharField(
        _("part"), max_length=10, choices=Part.choices, default=Part.SPEAKER
    )
    name = models.CharField(_("name"), max_length=120)

    def __str__(self) -> str:
        return self.name


class CaptionTrack(Orderable):
    """Cleaned WebVTT in one language; `vtt` is our own writing of the parsed cues."""

    clip = ParentalKey(ClipPage, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="vi"
    )
    vtt = models.TextField(_("captions"))
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.get_language_display()
