"""The dated names and parents of units: what each was called and stood under, when.

The page tree is today's organisation; these rows say what it was on any other day.
A row holds from `valid_from` to the day before `valid_until`; the open one is today's.
"""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from library.units.models import UnitName, UnitPage, UnitParent


def record_name(unit: UnitPage, on: datetime.date | None = None) -> None:
    """Writes down today's name; nothing happens when it is already there."""
    on = on or timezone.localdate()
    current = unit.names.filter(valid_until=None).first()
    if current is not None and current.name == unit.title:
        return
    if current is not None and current.valid_from < on:
        current.valid_until = on
        current.save(update_fields=["valid_until"])
        current = None
    if current is None:
        current = UnitName(unit=unit, valid_from=on)
    current.name = unit.title  # a name of the same day is only corrected
    current.save()


def record_parent(unit: UnitPage, on: datetime.date | None = None) -> None:
    """Writes down whose child the unit is in the tree of today."""
    on = on or timezone.localdate()
    parent = parent_in_tree(unit)
    current = unit.parents.filter(valid_until=None).first()
    if current is not None and current.parent_id == (parent and parent.pk):
        return
    if current is not None and current.valid_from < on:
        current.valid_until = on
        current.save(update_fields=["valid_until"])
        current = None
    if current is None:
        current = UnitParent(unit=unit, valid_from=on)
    current.parent = parent
    current.save()


def begin(unit: UnitPage, on: datetime.date) -> None:
    """For a unit older than its page: what was just written down holds since that day."""
    unit.names.update(valid_from=on)
    unit.parents.update(valid_from=on)


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


Dated = TypeVar("Dated", UnitName, UnitParent)


def _on(rows: QuerySet[Dated], day: datetime.date) -> QuerySet[Dated]:
    return rows.filter(valid_from__lte=day).exclude(valid_until__lte=day)
