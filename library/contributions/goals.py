"""Targets of a campaign: which a unit has, and whether it is on its way to them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from library.contributions.models import Campaign
from library.contributions.trees import Unit

ByKind = Mapping[int | None, int]  # clips by the kind of clip; None: of any kind


class State(TextChoices):
    MET = "met", _("Met")
    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")


@dataclass(frozen=True)
class Progress:
    """`toward` never counts more of a kind than its target asks for."""

    target: int
    toward: int
    state: State


def targets_of(
    campaign: Campaign, units: Mapping[int, Unit]
) -> dict[int, dict[int | None, int]]:
    """By unit: clips by kind. What is set for a unit goes before what is set for its kind."""
    for_units: dict[int, dict[int | None, int]] = defaultdict(dict)
    for_kinds: dict[int, dict[int | None, int]] = defaultdict(dict)
    rows = campaign.targets.values_list(
        "unit_id", "unit_kind_id", "clip_kind_id", "clips"
    )
    for unit, unit_kind, clip_kind, clips in rows:
        wanted = for_units[unit] if unit else for_kinds[unit_kind]
        wanted[clip_kind] = clips
    found = {
        pk: for_kinds.get(unit.kind_id, {}) | for_units.get(pk, {})
        for pk, unit in units.items()
    }
    return {pk: wanted for pk, wanted in found.items() if wanted}


def progress(wanted: ByKind, counted: ByKind, elapsed: float) -> Progress:
    """A target for any kind is the unit's target; kinds alone add up to it.

    Met when every target is met; behind when one lacks whole clips of the share that
    is due by the time that is over (`elapsed`, 0 to 1).
    """
    states = {
        _state(clips, counted.get(kind, 0), elapsed) for kind, clips in wanted.items()
    }
    state = next(
        each for each in (State.BEHIND, State.ON_TRACK, State.MET) if each in states
    )
    if None in wanted:
        return Progress(sum_of(wanted), counted.get(None, 0), state)
    toward = sum(min(clips, counted.get(kind, 0)) for kind, clips in wanted.items())
    return Progress(sum_of(wanted), toward, state)


def sum_of(wanted: ByKind) -> int:
    """The target of clips of any kind, else those of all kinds together."""
    return wanted[None] if None in wanted else sum(wanted.values())


def _state(target: int, counted: int, elapsed: float) -> State:
    if counted >= target:
        return State.MET
    return State.ON_TRACK if counted >= int(target * elapsed) else State.BEHIND


def running(campaigns: list[Campaign], day: datetime.date) -> Campaign | None:
    """The one that runs on the day, else the last one that had begun by then."""
    begun = [each for each in campaigns if each.starts_on <= day]
    going = [each for each in begun if day <= each.ends_on]
    return max(going or begun, key=lambda each: each.starts_on, default=None)
