"""The forms of the contributor's pages: a clip's details, and a caption file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.clips import gate
from library.clips.consent import Consent
from library.clips.licences import LICENCES
from library.clips.models import ClipPage, Credit, Series
from library.clips.taxonomy import ClipKind, Grade, Skill, Subject
from library.clips.titles import nfc

MAX_CAPTION_BYTES = 1024**2
NOT_CHOSEN = pgettext_lazy("nothing chosen in a list", "Choose …")
# Which field of the form an obstacle of the gate is about.
FIELD_OF = {
    "title": "title",
    "kind": "kind",
    "topic": "subject",
    "licence": "licence",
    "consent": "consent",
    "consent_missing": "consent",
    "consent_incomplete": "consent",
}


def _licences() -> list[tuple[str, str | Promise]]:
    return [
        (one.code, f"{one.short}: {one.meaning}" if one.meaning else one.short)
        for one in LICENCES.values()
    ]


class DetailsForm(forms.Form):
    """All but the title may wait: a draft is saved as it is, a submission asks the gate.

    Fields that a submission needs are shown as required and checked by `refuse()`.
    """

    use_required_attribute = False
    waiting = ("kind", "licence", "consent")

    title = forms.CharField(label=_("Title"), max_length=255)
    description = forms.CharField(
        label=_("Description"),
        help_text=_("What one learns from it, in two or three sentences."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ModelChoiceField(
        ClipKind.objects.all(), label=_("Kind"), empty_label=NOT_CHOSEN
    )
    subject = forms.ModelChoiceField(
        Subject.objects.all(),
        label=_("Subject"),
        help_text=_("For a lecture. A skills clip needs a skill instead."),
        required=False,
        empty_label=NOT_CHOSEN,
    )
    grades = forms.ModelMultipleChoiceField(
        Grade.objects.all(),
        label=_("Grades"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.ModelMultipleChoiceField(
        Skill.objects.all(),
        label=_("Skills"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    speakers = forms.CharField(
        label=_("Speakers"),
        help_text=_("Who explains or speaks; one name a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    makers = forms.CharField(
        label=_("Makers"),
        help_text=_("Who filmed, drew, cut; one name a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    series = forms.ModelChoiceField(
        Series.objects.none(),
        label=_("Series"),
        required=False,
        empty_label=pgettext_lazy("nothing chosen in a list", "None"),
    )
    new_series = forms.CharField(
        label=_("Or a new series"),
        help_text=_("Its name; your unit's next clips can then be added to it."),
        max_length=200,
        required=False,
    )
    series_order = forms.IntegerField(
        label=_("Number in the series"), min_value=0, max_value=9999, required=False
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_(
            "How others may use the clip. CC BY is a good choice for lessons: everybody "
            "may use it and must name you. All pictures, texts and music in it must "
            "allow it too."
        ),
        choices=_licences,
        widget=forms.RadioSelect,
    )
    consent = forms.ChoiceField(
        label=_("People in the picture"),
        help_text=_(
            "A child's face, name or voice is private. From the age of seven the child "
            "and a parent or guardian must both agree before it is made public, and may "
            "take that back later (law 91/2025/QH15, article 24). Keep the signed papers "
            "at your unit."
        ),
        choices=Consent.choices,
        widget=forms.RadioSelect,
    )
    poster_choice = forms.IntegerField(min_value=0, max_value=99, required=False)

    def __init__(self, *args: Any, draft: ClipPage, **kwargs: Any) -> None:
        kwargs["initial"] = initial_of(draft)
        super().__init__(*args, **kwargs)
        own = Series.objects.filter(unit=draft.unit)
        self.fields["series"].queryset = own  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        for name in self.waiting:
            self.fields[name].required = False
        super().full_clean()
        for name in self.waiting:
            self.fields[name].required = True

    def clean_title(self) -> str:
        """Here already, for a title of unseen characters alone is none."""
        title = nfc(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(
                self.fields["title"].error_messages["required"], code="required"
            )
        return title

    def faults(self) -> str:
        """All that is wrong, in one line, for a page that shows no marked fields."""
        return " ".join(
            f"{self[name].label}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        )

    def details(self) -> dict[str, Any]:
        """As `drafts.save_details` takes them."""
        told = dict(self.cleaned_data)
        for name in ("speakers", "makers"):
            told[name] = _names(told[name])
        return {
            **told,
            "series_order": told["series_order"] or 0,
            "poster_choice": told["poster_choice"] or 0,
        }

    def refuse(self, obstacles: tuple[gate.Obstacle, ...]) -> None:
        """What a submission lacks, said beside the field that it is about."""
        for obstacle in obstacles:
            self.add_error(FIELD_OF.get(obstacle.code), str(obstacle.sentence))


class CaptionsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=_("Caption file"),
        help_text=_("WebVTT (.vtt) or SubRip (.srt), UTF-8, at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_CAPTION_BYTES:
            raise forms.ValidationError(_("The caption file is larger than 1 MB."))
        return file


def initial_of(draft: ClipPage) -> dict[str, Any]:
    people = {part: [] for part in Credit.Part.values}  # type: dict[str, list[str]]
    for credit in draft.credits.all():
        people[credit.part].append(credit.name)
    plain = ("title", "description", "kind", "subject", "series", "licence", "consent")
    return {
        **{name: getattr(draft, name) for name in (*plain, "poster_choice")},
        "series_order": draft.series_order or None,
        "grades": list(draft.grades.all()),
        "skills": list(draft.skills.all()),
        "speakers": "\n".join(people[Credit.Part.SPEAKER]),
        "makers": "\n".join(people[Credit.Part.MAKER]),
    }


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[\n;,]", text) if name.strip()]
