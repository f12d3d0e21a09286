"""What the log of acts keeps of reorganisations: of each as a whole, and of each unit."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User
from wagtail.log_actions import log

from library.reorganising.models import Reorganisation
from library.reorganising.states import Chart, UnitState
from library.units.models import UnitPage

APPLY, WAIT = "units.reorganisation.apply", "units.reorganisation.wait"
UNDO, RECALL = "units.reorganisation.undo", "units.reorganisation.recall"
REFUSE = "units.reorganisation.refuse"
UNIT = "units.reorganise"


def told(plan: Reorganisation, action: str, user: User | None) -> None:
    data = {"on": plan.on.isoformat(), "lines": len(plan.lines)}
    log(plan, action, user=user, data=data)


def told_of_units(
    before: Mapping[str, UnitState | None],
    after: Mapping[str, UnitState | None],
    units: Chart,
    user: User | None,
) -> None:
    """Units that are not there any more have their entry by Wagtail."""
    pages = {unit.code: unit for unit in UnitPage.objects.filter(code__in=after)}
    for code, page in pages.items():
        sides = {
            "before": _side(before.get(code), units),
            "after": _side(after[code], units),
        }
        log(page, UNIT, user=user, data=sides)


def _side(unit: UnitState | None, units: Chart) -> dict[str, str | None]:
    if unit is None:
        return {}
    return {
        "name": unit.name,
        "kind": unit.kind,
        "parent": units[unit.parent].name if unit.parent in units else None,
        "ends_on": unit.ended_on.isoformat() if unit.ended_on else None,
    }
