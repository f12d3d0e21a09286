"""What a reader of the report may choose: campaign, dates, reading of the tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from library.contributions import rollup
from library.contributions.models import Campaign
from library.contributions.rollup import Question, Reading

READINGS = (
    (Reading.NOW, _("As organised today")),
    (Reading.THEN, _("As organised at the time")),
)


class DayInput(forms.DateInput):
    """The browser's own calendar: it shows days as its reader writes them."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Day(forms.DateField):
    widget = DayInput


class ReportForm(forms.Form):
    """Everything may stay empty."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        label=_("Campaign"),
        required=False,
        empty_label=_("The one that runs now"),
    )
    first = Day(label=_("Counted from"), required=False)
    last = Day(label=_("Counted until"), required=False)
    as_of = Day(label=_("As the ledger stood on"), required=False)
    tree = forms.ChoiceField(label=_("Tree of units"), choices=READINGS, required=False)

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("The last day is before the first.")})

    def question(self) -> Question:
        """What is asked; the usual question while the form is not valid."""
        if not self.is_valid():
            return rollup.question()
        chosen = self.cleaned_data
        return rollup.question(
            as_of=chosen["as_of"],
            first=chosen["first"],
            last=chosen["last"],
            tree=Reading(chosen["tree"] or Reading.NOW),
            campaign=chosen["campaign"],
        )
