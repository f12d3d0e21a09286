"""What a reader of the encoding report may choose: state, reason, unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.db.models import QuerySet, Value
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from library.clips.models import ClipPage, ClipQuerySet
from library.encoding.report import UNDER_WAY, Reader
from library.units.models import UnitPage
from library.units.permissions import under
from media_pipeline import failures, reasons, workload
from media_pipeline.states import State

if TYPE_CHECKING:
    from django.utils.functional import Promise

WAITING, RUNNING = "waiting", "running"
STATES: tuple[tuple[str, str | Promise], ...] = (
    (RUNNING, _("being worked on")),
    (WAITING, _("in the queue")),
    (State.FAILED, State.FAILED.label),
    (State.REFUSED, State.REFUSED.label),
    (State.PLAYABLE, State.PLAYABLE.label),
)


def reason_choices() -> Iterator[tuple[str, str]]:
    """Each code with the first sentence of what it means."""
    for message, codes in (
        (failures.message, failures.MESSAGES),
        (reasons.message, reasons.MESSAGES),
    ):
        for code in codes:
            yield code, f"{message(code).partition('. ')[0].rstrip('.')} ({code})"


def units_with_clips(request: HttpRequest) -> QuerySet[UnitPage]:
    """Those whose clips the reader may look at, and the units above them."""
    step = ClipPage.steplen
    parents = (
        Reader(request.user)
        .clips()
        .annotate(parent=Substr("path", 1, Length("path") - Value(step)))
        .values_list("parent", flat=True)
        .order_by()
        .distinct()
    )
    paths = {path[:end] for path in parents for end in range(step, len(path) + 1, step)}
    units: QuerySet[UnitPage] = UnitPage.objects.filter(path__in=paths)
    return units.order_by("path")


class UnitField(django_filters.fields.ModelChoiceField):
    """Set in by their depth, as a tree reads."""

    def label_from_instance(self, unit: UnitPage) -> str:
        return f"{'–' * max(0, unit.depth - 3)} {unit.title}".strip()


class UnitFilter(django_filters.ModelChoiceFilter):
    field_class = UnitField


class EncodingFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="in_state", widget=forms.RadioSelect
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=reason_choices, field_name="asset__reason"
    )
    unit = UnitFilter(label=_("Unit"), queryset=units_with_clips, method="below")

    class Meta:
        model = ClipPage
        fields: list[str] = []

    def in_state(self, clips: ClipQuerySet, _name: str, state: str) -> ClipQuerySet:
        if state not in {WAITING, RUNNING}:
            return clips.filter(asset__state=state)
        hands = {workload.asset_of(job) for job in workload.Backlog().running}
        if state == RUNNING:
            return clips.filter(asset__in=hands)
        return clips.filter(asset__state__in=UNDER_WAY).exclude(asset__in=hands)

    def below(self, clips: ClipQuerySet, _name: str, unit: UnitPage) -> ClipQuerySet:
        return clips.filter(under([unit.path]))
