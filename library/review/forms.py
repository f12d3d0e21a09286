"""The forms of an answer and of a withdrawal, for our pages and for Wagtail's modals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm

from library.review.reasons import Reason

LONGEST_WORDS = 2000


class AnswerForm(TaskStateCommentForm):
    """Asking for changes and rejecting: never without a reason and words."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *Reason.choices]
    )
    comment = forms.CharField(
        label=_("In your own words"),
        help_text=_(
            "The contributor reads this: say what is wrong and what would help."
        ),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
    )
    field_order = ("reason", "comment")


class ApprovalForm(TaskStateCommentForm):
    comment = forms.CharField(
        label=_("A word to the contributor (optional)"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("A note to the other reviewers"),
        help_text=_("Only reviewers read it, the contributor never."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2}),
    )


class WithdrawalForm(forms.Form):
    why = forms.CharField(
        label=_("Why is the clip withdrawn?"),
        help_text=_("It is kept in the ledger and shown to the contributor."),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
    )
