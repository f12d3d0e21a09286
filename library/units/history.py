"""The dated names, kinds and parents of units: what each was, and under whom, when.

The page tree is today's organisation; these rows say what it was on any other day.
A row holds from `valid_from` to the day before `valid_until`; the open one is today's.
"""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from library.units.models import UnitKindSpell, UnitName, UnitPage, UnitParent


def record_name(unit: UnitPage, on: datetime.date | None = None) -> None:
    """Writes down today's name; nothing happens when it is already there."""
    _record(UnitName, "name", unit, unit.title, on)


def record_kind(unit: UnitPage, on: datetime.date | None = None) -> None:
    """Writes down of which kind the unit is today."""
    _record(UnitKindSpell, "kind_id", unit, unit.kind_id, on)


def record_parent(unit: UnitPage, on: datetime.date | None = None) -> None:
    """Writes down whose child the unit is in the tree of today."""
    parent = parent_in_tree(unit)
    _record(UnitParent, "parent_id", unit, parent and parent.pk, on)


def _record(
    rows: type[UnitName | UnitKindSpell | UnitParent],
    field: str,
    unit: UnitPage,
    value: object,
    on: datetime.date | None,
) -> None:
    on = on or timezone.localdate()
    current = rows.objects.filter(unit=unit, valid_until=None).first()
    if current is not None and getattr(current, field) == value:
        return
    if current is not None and current.valid_from < on:
        current.valid_until = on
        current.save(update_fields=["valid_until"])
        current = None
    if current is None:
        current = rows(unit=unit, valid_from=on)
    setattr(current, field, value)  # a row of the same day is only corrected
    current.save()


def begin(unit: UnitPage, on: datetime.date) -> None:
    """For a unit older than its page: what was just written down holds since that day."""
    unit.names.update(valid_from=on)
    unit.parents.update(valid_from=on)
    unit.kinds.update(valid_from=on)


def parent_in_tree(unit: UnitPage) -> UnitPage | None:
    """The unit above in the page tree; None for a top unit."""
    above = UnitPage.objects.filter(path=unit.path[: -unit.steplen])
    found: UnitPage | None = above.first()
    return found


def names_on(day: datetime.date) -> dict[int, str]:
    """What each unit that existed on the day was called, by the unit's id."""
    return dict(_on(UnitName.objects.all(), day).values_list("unit_id", "name"))


def parents_on(day: datetime.date) -> dict[int, int | None]:
    """The tree as it stood on the day: each unit's id and its parent's (None: top)."""
    return dict(_on(UnitParent.objects.all(), day).values_list("unit_id", "parent_id"))


def kinds_on(day: datetime.date) -> dict[int, int]:
    """Of which kind each unit was on the day: the unit's id and the kind's."""
    return dict(_on(UnitKindSpell.objects.all(), day).values_list("unit_id", "kind_id"))


def continuation(unit: UnitPage) -> UnitPage | None:
    """The standing unit that continues one that ended, however often that was merged.

    Of a split, the first successor named. None where nothing is known to continue it.
    """
    seen = set()
    at: UnitPage | None = unit
    while at is not None and at.ended_on is not None and at.pk not in seen:
        seen.add(at.pk)
        step = at.successions.select_related("new").first()
        at = step and step.new
    return at if at is not None and at.ended_on is None else None


Dated = TypeVar("Dated", UnitName, UnitParent, UnitKindSpell)


def _on(rows: QuerySet[Dated], day: datetime.date) -> QuerySet[Dated]:
    return rows.filter(valid_from__lte=day).exclude(valid_until__lte=day)
