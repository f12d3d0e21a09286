"""The report of what was sought in vain: rows with what may be done about each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from library.sought.models import Outcome, Unanswered, UnansweredQuerySet

STATES = (
    (Outcome.DONE, gettext_lazy("Done")),
    (Outcome.IGNORED, gettext_lazy("Ignored")),
)


@dataclass(frozen=True)
class Row:
    question_id: int
    words: str
    times: int
    week: str
    search_url: str
    synonym_url: str
    promote_url: str


def week_name(monday: datetime.date) -> str:
    """“Week 48, 23/11 – 29/11/2026”, numbered as ISO 8601 does."""
    sunday = monday + datetime.timedelta(days=6)
    return _("Week %(number)s, %(first)s – %(last)s") % {
        "number": monday.isocalendar().week,
        "first": date_format(monday, "d/m"),
        "last": date_format(sunday, "d/m/Y"),
    }


def week_choices() -> Iterator[tuple[str, str]]:
    weeks = Unanswered.objects.shown().order_by("-week").values_list("week", flat=True)
    for week in weeks.distinct():
        yield week.isoformat(), week_name(week)


def rows(questions: Iterable[Unanswered]) -> list[Row]:
    return [_row(question) for question in questions]


def _row(question: Unanswered) -> Row:
    return Row(
        question_id=question.pk,
        words=question.words,
        times=question.times,
        week=week_name(question.week),
        search_url=_with(reverse("catalogue:search"), q=question.words),
        synonym_url=_with(reverse("synonyms:add"), words=question.words),
        promote_url=_with(reverse("wagtailsearchpromotions:add"), words=question.words),
    )


def _with(address: str, **query: str) -> str:
    return f"{address}?{urlencode(query)}"


class SoughtFilterSet(WagtailFilterSet):
    week = django_filters.ChoiceFilter(label=gettext_lazy("Week"), choices=week_choices)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=STATES,
        method="in_state",
        empty_label=gettext_lazy("Open"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Unanswered
        fields: list[str] = []

    def in_state(
        self, questions: UnansweredQuerySet, _name: str, state: str
    ) -> UnansweredQuerySet:
        return questions.settled(state)

    def filter_queryset(self, queryset: UnansweredQuerySet) -> UnansweredQuerySet:
        """What is settled shows only where it is asked for."""
        found: UnansweredQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open()
