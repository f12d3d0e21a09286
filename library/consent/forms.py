"""The forms of the room: a report, an answer, and the words of a withdrawal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from library.consent.models import LONGEST_WORDS, Reason


class ProblemForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is it about?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"),
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
