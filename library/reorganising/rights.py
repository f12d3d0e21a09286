"""Who may reorganise what: whoever administers the unit that holds all units concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from library.reorganising.lines import TOP_MARK, Line
from library.reorganising.models import Reorganisation
from library.reorganising.replay import Problem
from library.units.models import UnitPage
from library.units.permissions import Right, paths_where, within

STEP = UnitPage.steplen


def visible_to(user: User) -> QuerySet[Reorganisation]:
    """One's own, and those of the units that one administers; superusers see all."""
    plans = Reorganisation.objects.select_related("made_by", "applied_by", "undone_by")
    if user.is_superuser:
        return plans
    if not paths_where(user, Right.REORGANISE):
        return plans.none()
    return plans.filter(
        Q(made_by=user) | within(user, Right.REORGANISE, "within__path")
    )


def forbidden(lines: Sequence[Line], user: User) -> Iterator[Problem]:
    """Lines about units that are not the person's to reorganise.

    An admin changes what lies below the unit; the unit itself is changed from above.
    """
    held = paths_where(user, Right.REORGANISE)
    paths = _paths(lines)
    for line in lines:
        above = {paths[code][:-STEP] for code in {line.code} & paths.keys()}
        above |= {paths[code] for code in _others(line) if code in paths}
        is_outside = any(not path.startswith(held) for path in above)
        if is_outside or (line.parent == TOP_MARK and not user.is_superuser):
            said = _("“%(code)s” or its place is not below a unit that you administer.")
            yield Problem(line.number, said % {"code": line.code})


def holder_of(lines: Sequence[Line]) -> UnitPage | None:
    """The lowest unit that holds all units concerned; None: only the library does."""
    paths = _paths(lines)
    asked = {line.code for line in lines}
    above = [path[:-STEP] if code in asked else path for code, path in paths.items()]
    if not above or any(line.parent == TOP_MARK for line in lines):
        return None
    ways = (above[0][:end] for end in range(STEP, len(above[0]) + 1, STEP))
    shared = [way for way in ways if all(path.startswith(way) for path in above)]
    found: UnitPage | None = (
        UnitPage.objects.filter(path__in=shared).order_by("path").last()
    )
    return found


def _others(line: Line) -> Iterable[str]:
    return {line.parent, *line.successors} - {TOP_MARK, ""}


def _paths(lines: Sequence[Line]) -> dict[str, str]:
    """Of all units that the lines name, as far as they are there."""
    codes = {line.code for line in lines}.union(*map(_others, lines))
    return dict(UnitPage.objects.filter(code__in=codes).values_list("code", "path"))
