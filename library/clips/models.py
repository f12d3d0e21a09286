"""The clip: a page under its unit, with its subject, skills, credits and captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.coreutils import find_available_slug
from wagtail.models import Orderable, Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet

from library.clips import gate, vtt
from library.clips.consent import Consent
from library.clips.licences import licence_choices
from library.clips.panels import VideoPanel
from library.clips.taxonomy import ClipKind, Grade, Skill, Subject, SubjectOffer
from library.clips.titles import nfc, slug_of
from library.units.addresses import OwnAddress
from library.units.models import UnitPage
from library.units.permissions import Right, may, within
from media_pipeline.models import Asset

if TYPE_CHECKING:
    from library.units.permissions import Person

__all__ = [
    "CaptionTrack",
    "ClipKind",
    "ClipPage",
    "Consent",
    "Credit",
    "Grade",
    "Series",
    "Skill",
    "Subject",
    "SubjectOffer",
]


LOCK = frozenset({"locked", "locked_by", "locked_at"})  # what Wagtail's lock writes


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


class ClipQuerySet(PageQuerySet):
    def visible_to(self, user: Person) -> ClipQuerySet:
        """Everybody finds what is live; people also the drafts that their roles show."""
        return self.filter(models.Q(live=True) | within(user, Right.SEE_DRAFTS))

    def open_to_all(self) -> ClipQuerySet:
        """Live, and not held back by a privacy rule of the page or of a unit above it."""
        clips: ClipQuerySet = self.live().public()
        return clips

    def changeable_by(self, user: Person) -> ClipQuerySet:
        return self.filter(within(user, Right.CHANGE_CLIPS))


class ClipPermissionTester(PagePermissionTester):
    """Nobody publishes, takes down or copies a clip by hand, superusers neither.

    A review publishes; a withdrawal (`library/review/withdrawal.py`) asks for a reason.
    """

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return (
            super().can_submit_for_moderation()
            and may(self.user, Right.SUBMIT_CLIPS, self.page)
            and not gate.obstacles(self.page.specific)
        )


class ClipForm(WagtailAdminPageForm):
    """The editor's form: a clip joins series of its own unit only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "series" in self.fields and self.parent_page is not None:
            own = Series.objects.filter(unit_id=self.parent_page.pk)
            self.fields["series"].queryset = own


class ClipPage(OwnAddress, Page):
    """One clip of a unit: made by an upload, published by the end of its review.

    While it is not live its row and its newest revision say the same. `asset` and
    `slug` belong to the row alone: an older revision never brings back another video.
    """

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
        Asset,
        on_delete=models.PROTECT,
        related_name="clip",
        verbose_name=_("video"),
        null=True,
        blank=True,
        editable=False,
    )

    objects = PageManager.from_queryset(ClipQuerySet)()

    content_panels = [
        VideoPanel(heading=_("Video")),
        FieldPanel("title"),
        FieldPanel("description", widget=forms.Textarea),
        MultiFieldPanel(
            [
                FieldPanel("kind", widget=forms.Select),
                FieldPanel("subject", widget=forms.Select),
                FieldPanel("grades", widget=forms.CheckboxSelectMultiple),
                FieldPanel("skills", widget=forms.CheckboxSelectMultiple),
                FieldPanel("series", widget=forms.Select),
                FieldPanel("series_order"),
            ],
            heading=_("Where it belongs"),
        ),
        InlinePanel("credits", label=_("person"), heading=_("People named")),
        MultiFieldPanel(
            [FieldPanel("licence"), FieldPanel("consent")], heading=_("Rights")
        ),
        InlinePanel("captions", label=_("captions"), heading=_("Captions")),
        FieldPanel("poster_choice"),
    ]
    promote_panels: ClassVar[list[Panel]] = []
    settings_panels: ClassVar[list[Panel]] = []
    base_form_class = ClipForm

    parent_page_types = ["units.UnitPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False  # an upload makes clips, the stock add form never
    preview_modes = Page.DEFAULT_PREVIEW_MODES
    exclude_fields_in_copy = ["asset"]
    template = "clips/preview.html"

    class Meta:
        verbose_name = _("clip")
        verbose_name_plural = _("clips")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:  # made in code, not read from the database
            kwargs.setdefault("live", False)
        super().__init__(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._settle_title()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._settle_title()
        super().minimal_clean()
        self._refuse(gate.schedule_obstacles(self))

    def clean(self) -> None:
        """The last line: what stands here, no way of publishing gets past."""
        super().clean()
        if self.live:
            self._refuse(gate.publishing_obstacles(self))
        else:
            self._refuse(gate.schedule_obstacles(self))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A form opened before the upload ended must not take the video away again, nor
        bring back the one whose place it took: `drafts.attach()` alone changes it."""
        if self.pk is not None:
            self.asset = Asset.objects.filter(clip=self.pk).first()
        if LOCK.issuperset(kwargs.get("update_fields") or ["everything"]):
            kwargs["clean"] = False  # a live clip that lacks something can be locked
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> ClipPage:
        kept = {**content, "asset": self.asset_id, "slug": self.slug}
        clip: ClipPage = super().with_content_json(kept)
        return clip

    def permissions_for_user(self, user: Person) -> ClipPermissionTester:
        return ClipPermissionTester(user, self)

    def public_path(self) -> str:
        """`clip/<slug>-<id>/`: printed addresses last when the unit moves."""
        return f"clip/{self.slug}-{self.pk}/" if self.pk else "clip/"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:  # noqa: ARG002
        """The tree's address only redirects; what reviewers preview is rendered here."""
        context = self.get_context(request)
        return TemplateResponse(request, self.template, context)

    @property
    def needs_video(self) -> bool:
        """None came, or the one that came does not do."""
        asset = self.asset
        return asset is None or asset.is_refused or asset.has_failed

    @property
    def has_open_upload(self) -> bool:
        """Bytes of a video for it may still come."""
        return self.uploads.open().exists()

    @property
    def has_complete_consent(self) -> bool:
        """Each minor who can be recognised is written down, with who agreed."""
        seen = self.people_seen.all()
        return seen.exists() and not seen.incomplete().exists()

    @property
    def has_withdrawn_consent(self) -> bool:
        """And nobody has written down yet that it was given anew."""
        return self.consent_cases.open().exists()

    @property
    def unit(self) -> UnitPage:
        """The unit it came from: its parent in the tree."""
        unit: UnitPage = self.get_parent().specific
        return unit

    def _settle_title(self) -> None:
        """NFC; the address follows the title until the clip is first published."""
        self.title: str = nfc(self.title)
        self.draft_title: str = nfc(self.draft_title)
        if self.first_published_at is None and self.path:
            slug = slug_of(self.title)
            self.slug: str = find_available_slug(self.get_parent(), slug, self.pk)

    def _refuse(self, obstacles: tuple[gate.Obstacle, ...]) -> None:
        if obstacles:
            raise ValidationError(
                [ValidationError(str(one.sentence), code=one.code) for one in obstacles]
            )


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
        return str(self.get_language_display())

    def clean(self) -> None:
        """Typed in the editor or taken from a file: only our own writing is kept."""
        super().clean()
        self.vtt = vtt.cleaned(self.vtt)
