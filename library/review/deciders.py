"""Who decides on a clip: curators of the nearest units above it that have one.

Curators are read once for any number of clips; everything else is computed from tree
paths, so that no question costs more queries for more clips.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from wagtail.models import Page

from library.units.models import Membership, Role, UnitPage

STEP = Page.steplen


@dataclass(frozen=True)
class Level:
    """One unit that decides, and the people there who may."""

    path: str
    people: frozenset[int]


Curators = Mapping[str, frozenset[int]]  # a unit's tree path → ids of its curators


def curators_above(paths: Iterable[str], day: datetime.date | None = None) -> Curators:
    """Active curators, by membership valid on the day (today), at or above the paths."""
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    held = Membership.objects.valid_on(day).filter(
        role=Role.CURATOR, user__is_active=True, unit__path__in=above
    )
    people: dict[str, set[int]] = defaultdict(set)
    for path, user_id in held.values_list("unit__path", "user_id"):
        people[path].add(user_id)
    return {path: frozenset(ids) for path, ids in people.items()}


def levels(path: str, curators: Curators, never: Collection[int]) -> list[Level]:
    """The deciding units above a clip, nearest first; `never` are its own people."""
    found = []
    for end in range(len(path) - STEP, 0, -STEP):
        people = curators.get(path[:end], frozenset()) - frozenset(never)
        if people:
            found.append(Level(path[:end], people))
    return found


def at_level(found: list[Level], level: int) -> Level | None:
    """Level 1 is the nearest. A review already under way whose upper units lost their
    curators falls to the highest that still has one."""
    return found[min(level, len(found)) - 1] if found else None


def is_beyond(found: list[Level], level: int) -> bool:
    """A step above the highest deciding unit is skipped; the first never is."""
    return level > max(1, len(found))


@dataclass(frozen=True)
class Step:
    """Of whom a step asks an answer: of the curators of a kind of unit above the clip,
    or of the `level`-th unit above that has any; and of as many more levels above them
    as it has been lifted since."""

    level: int = 1
    kind: int | None = None
    lift: int = 0


Kinds = Mapping[str, int]  # a unit's tree path → the id of its kind


def kinds_above(paths: Iterable[str]) -> Kinds:
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    rows = UnitPage.objects.filter(path__in=above)
    return dict(rows.values_list("path", "kind_id"))


def asked(step: Step, path: str, found: list[Level], kinds: Kinds) -> tuple[Level, ...]:
    """Who may answer, those of the step itself first; `found` are `levels` of the path."""
    if step.kind is None:
        own = at_level(found, step.level)
    else:
        own = _at_or_above(unit_of_kind(path, step.kind, kinds), found)
    if own is None:
        return ()
    above = [level for level in found if len(level.path) < len(own.path)]
    return (own, *above[: step.lift])


def at_kind(kind: int, path: str, found: list[Level], kinds: Kinds) -> Level | None:
    """The curators of that very kind of unit above the clip; none where it has none."""
    unit = unit_of_kind(path, kind, kinds)
    return next((level for level in found if level.path == unit), None)


def unit_of_kind(path: str, kind: int, kinds: Kinds) -> str:
    """The tree path of the nearest unit of the kind; "" where there is none above."""
    ends = range(len(path) - STEP, 0, -STEP)
    return next((path[:end] for end in ends if kinds.get(path[:end]) == kind), "")


def _at_or_above(unit: str, found: list[Level]) -> Level | None:
    """A step under way whose unit lost its curators goes on with the next ones above,
    else with the highest that there are."""
    fitting = [level for level in found if not unit or len(level.path) <= len(unit)]
    return next(iter(fitting or found[-1:]), None)
