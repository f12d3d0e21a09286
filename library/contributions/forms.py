"""What a reader of the report may choose: campaign, period, comparison, tree, unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.contributions import rollup, spans
from library.contributions.models import Campaign, LedgerEntry
from library.contributions.rollup import Question, Reading
from library.contributions.spans import Against, Kind

Choices: TypeAlias = list[tuple[str, Any]]

READINGS = (
    (Reading.NOW, gettext_lazy("As organised today")),
    (Reading.THEN, gettext_lazy("As organised at the time")),
)
COMPARISONS = (
    ("", gettext_lazy("With nothing")),
    ("before", gettext_lazy("The period before")),
    ("year", gettext_lazy("The same period a year before")),
    ("both", gettext_lazy("Both")),
)


class DayInput(forms.DateInput):
    """The browser's own calendar: it shows days as its reader writes them."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Day(forms.DateField):
    widget = DayInput


class PeriodField(forms.ChoiceField):
    """Offers the periods in which something may have been counted; takes any."""

    def valid_value(self, value: str) -> bool:
        return spans.of_code(value) is not None


class ReportForm(forms.Form):
    """Everything may stay empty."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        label=gettext_lazy("Campaign"),
        required=False,
        empty_label=gettext_lazy("The one that runs now"),
    )
    period = PeriodField(label=gettext_lazy("Period"), required=False)
    first = Day(label=gettext_lazy("Or counted from"), required=False)
    last = Day(label=gettext_lazy("Counted until"), required=False)
    compare = forms.ChoiceField(
        label=gettext_lazy("Compare with"), choices=COMPARISONS, required=False
    )
    as_of = Day(label=gettext_lazy("As the ledger stood on"), required=False)
    tree = forms.ChoiceField(choices=READINGS, required=False, widget=forms.HiddenInput)
    unit = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        period: Any = self.fields["period"]
        period.choices = _periods(self.data.get("period", ""))

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("The last day is before the first.")})

    def question(self) -> Question:
        """What is asked; the usual question while the form is not valid."""
        if not self.is_valid():
            return rollup.question()
        chosen = self.cleaned_data
        asked = rollup.question(
            as_of=chosen["as_of"],
            first=chosen["first"],
            last=chosen["last"],
            tree=Reading(chosen["tree"] or Reading.NOW),
            campaign=chosen["campaign"],
        )
        span = spans.of_code(chosen["period"]) or spans.of_days(asked.first, asked.last)
        return asked.of_span(span, self._against()) if span else asked

    @property
    def chosen_unit(self) -> str:
        """The code of the unit whose part is asked for."""
        return self.cleaned_data["unit"] if self.is_valid() else ""

    def _against(self) -> Iterable[Against]:
        compare = self.cleaned_data["compare"]
        return [each for each in Against if compare in {each, "both"}]


def _periods(chosen: str) -> Choices:
    """Since the first counted clip, the newest first, and the one that is chosen."""
    today = timezone.localdate()
    row = LedgerEntry.objects.order_by("counted_from").first()
    since = min(timezone.localdate(row.counted_from), today) if row else today
    groups: list[tuple[str, Kind, datetime.date]] = [
        (_("School years"), Kind.YEAR, since),
        (_("Quarters"), Kind.QUARTER, since),
        (_("Months"), Kind.MONTH, max(since, spans.months_before(today, 35))),
    ]
    found: Choices = [("", _("All time, or the days below"))]
    codes = set()
    for label, kind, first in groups:
        known = [(span.code, span.name) for span in spans.known(kind, first, today)]
        codes |= {code for code, _name in known}
        found.append((label, known))
    other = spans.of_code(chosen)
    if other and other.code not in codes:
        found.insert(1, (other.code, other.name))
    return found
