"""The forms of the room: a report, an answer, and the words of a withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.consent import papers
from library.consent.models import LONGEST_WORDS, PersonSeen, Reason

_Day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ProblemForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is it about?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What do you want to tell us?"),
        help_text=_("Where in the clip is it, and what should be done?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5}),
    )
    email = forms.EmailField(
        label=_("Mail address for the answer"),
        help_text=_("Only whoever answers sees it, and it is deleted later."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("It is mailed where an address was given, and kept here."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5}),
    )


class PersonForm(forms.ModelForm[PersonSeen]):
    paper = forms.FileField(
        label=_("Signed paper"),
        help_text=_(
            "PDF, JPEG or PNG, at most 10 MB. Only curators and administrators of the "
            "unit and above can open it, and each time is written down."
        ),
        required=False,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    class Meta:
        model = PersonSeen
        fields = [
            "who",
            "age",
            "guardian_agreed_on",
            "guardian_how",
            "child_agreed_on",
            "child_how",
        ]
        widgets = {
            "age": forms.RadioSelect,
            "guardian_agreed_on": _Day,
            "child_agreed_on": _Day,
        }
        help_texts = {
            "who": _("A name, or words by which the unit knows who it is."),
            "guardian_how": _("For example: signed paper, kept at the school."),
            "child_agreed_on": _("Needed from 7 years on."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].required = True
        for name in ("guardian_agreed_on", "child_agreed_on"):
            self.fields[name].required = False

    def clean_paper(self) -> UploadedFile[Any] | None:
        paper: UploadedFile[Any] | None = self.cleaned_data["paper"]
        if paper:
            papers.kind_of(paper)
        return paper

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for whose in ("guardian", "child"):
            day, how = told.get(f"{whose}_agreed_on"), told.get(f"{whose}_how")
            if day and day > timezone.localdate():
                self.add_error(f"{whose}_agreed_on", _("This day is yet to come."))
            if day and not how:
                self.add_error(f"{whose}_how", _("Say how they agreed."))
        return told


class WithdrawalForm(forms.Form):
    """Twice on purpose: words, and a tick."""

    why = forms.CharField(
        label=_("Who asked for it, and how?"),
        help_text=_("Only people of the unit and above read this."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )
    sure = forms.BooleanField(
        label=_("Yes, take the clip and all its files from the public now")
    )


class GivenAnewForm(forms.Form):
    how = forms.CharField(
        label=_("Who agreed anew, when, and how?"),
        help_text=_("Only people of the unit and above read this."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )
