"""Roles that go along to the one unit that follows: who gets which, and taking them back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.utils import timezone

from library.reorganising.checking import Outcome
from library.reorganising.states import Chart, UnitState
from library.units import members
from library.units.models import Membership, Role, Succession, UnitPage

FOLLOWED = frozenset({Succession.MERGE, Succession.RENAME})
Days: TypeAlias = tuple[datetime.date, datetime.date | None]
Held: TypeAlias = dict[tuple[int, str, str], Days]  # by person, unit's code and role


@dataclass(frozen=True)
class Gift:
    """The role that a person gets at the unit that follows the one where they have it."""

    user: int
    old: str
    unit: str
    role: str
    days: Days


def going_along(outcome: Outcome, chart: Chart, by: User | None) -> list[Gift]:
    """What holders at units that end would get, in the order of the days.

    Nobody gives a role to themselves, so not by their own reorganisation either.
    """
    after = {**chart, **outcome.after}
    ends = [unit for unit in outcome.after.values() if _is_followed(unit, outcome)]
    ends.sort(key=_end_of)
    codes = {code for unit in ends for code in (unit.code, *unit.successors)}
    held, gifts = _held(codes), []
    for unit in ends:
        for gift in _from(unit, after[unit.successors[0]], held):
            if by is None or by.is_superuser or gift.user != by.pk:
                held[gift.user, gift.unit, gift.role] = gift.days
                gifts.append(gift)
    return gifts


def _from(unit: UnitState, successor: UnitState, held: Held) -> Iterator[Gift]:
    """Administration alone stays behind where the successor stood before: it has admins
    of its own. One that was founded for it has nobody."""
    on = _end_of(unit)
    over = max(on, timezone.localdate())
    for (user, code, role), (first, end) in list(held.items()):
        is_there = _lasts(held.get((user, successor.code, role)), over)
        stays = role == Role.ADMIN and successor.born != on
        if code == unit.code and _lasts((first, end), over) and not (is_there or stays):
            days = max(on, first), end
            yield Gift(user, unit.code, successor.code, role, days)


def _is_followed(unit: UnitState, outcome: Outcome) -> bool:
    before = outcome.before[unit.code]
    had_ended = before is not None and before.ended_on is not None
    is_one = unit.became in FOLLOWED and len(unit.successors) == 1
    return unit.ended_on is not None and not had_ended and is_one


def _end_of(unit: UnitState) -> datetime.date:
    if unit.ended_on is None:
        raise ValueError(unit.code)
    return unit.ended_on


def _lasts(days: Days | None, day: datetime.date) -> bool:
    """Whether it is not over by the day; it may begin later."""
    return days is not None and (days[1] is None or days[1] > day)


def _held(codes: Iterable[str]) -> Held:
    rows = Membership.objects.filter(unit__code__in=codes, user__is_active=True)
    found = rows.order_by("unit__path", "role", "user__username").values_list(
        "user_id", "unit__code", "role", "valid_from", "valid_until"
    )
    return {(user, code, role): (first, end) for user, code, role, first, end in found}


# --- given, and taken back ------------------------------------------------------------


def give(gifts: Iterable[Gift], by: User | None) -> list[dict[str, Any]]:
    """Like any other role; what is kept of each is enough to take it back."""
    return [_give(gift, by) for gift in gifts]


def _give(gift: Gift, by: User | None) -> dict[str, Any]:
    user = User.objects.get(pk=gift.user)
    unit = UnitPage.objects.get(code=gift.unit)
    had = Membership.objects.filter(user=user, unit=unit, role=gift.role).first()
    first, end = gift.days
    held = members.grant(
        user, unit, Role(gift.role), valid_from=first, valid_until=end, by=by
    )
    return {"pk": held.pk, "days": _days(held), "before": _days(had) if had else None}


def take_back(given: Iterable[Mapping[str, Any]], by: User | None) -> None:
    """Those that are as they were given; whoever changed one since has decided on it."""
    for each in given:
        held = Membership.objects.filter(pk=each["pk"]).first()
        if held is None or _days(held) != each["days"]:
            continue
        if each["before"] is None:
            members.take_back(held, by)
        else:
            _restore(held, each["before"], by)


def _restore(held: Membership, days: list[str], by: User | None) -> None:
    first, end = (datetime.date.fromisoformat(day) if day else None for day in days)
    if first is None:
        raise ValueError(days)
    members.grant(
        held.user, held.unit, Role(held.role), valid_from=first, valid_until=end, by=by
    )


def _days(held: Membership) -> list[str]:
    end = held.valid_until
    return [held.valid_from.isoformat(), end.isoformat() if end else ""]
