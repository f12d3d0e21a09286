"""Who is told of what becomes of a clip: its own people, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.units import members
from library.units.models import Role
from library.units.permissions import RIGHTS, Right, may


@dataclass(frozen=True)
class Audience:
    """`have_left`: these are others, as nobody is there who brought the clip."""

    people: frozenset[User]
    have_left: bool


def own_people(clip: ClipPage) -> Audience:
    """Who brought it or submitted it last, as far as they still have a role there.

    Have they all left, the unit's contributors of today follow, and where it has none,
    the admins of the nearest unit that has any.
    """
    review = clip.workflow_states.order_by("-created_at", "-pk").first()
    asked_by = review.requested_by_id if review else None
    known = User.objects.filter(pk__in={clip.owner_id, asked_by} - {None})
    there = frozenset(user for user in known if may(user, Right.SEE_DRAFTS, clip))
    if there:
        return Audience(there, have_left=False)
    return Audience(_following(clip), have_left=True)


def admins(clip: ClipPage) -> frozenset[User]:
    """Of the clip's very unit."""
    return frozenset(members.people(clip.unit, Role.ADMIN))


def answering(clip: ClipPage, right: Right) -> frozenset[User]:
    """Who has the right at the nearest unit at or above the clip at which anybody has."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return _nearest(clip, *roles)


def _following(clip: ClipPage) -> frozenset[User]:
    contributors = frozenset(members.people(clip.unit, Role.CONTRIBUTOR))
    return contributors or _nearest(clip, Role.ADMIN)


def _nearest(clip: ClipPage, *roles: Role) -> frozenset[User]:
    units = [unit for role in roles for unit in members.units_with(role, clip)]
    if not units:
        return frozenset()
    unit = max(units, key=lambda unit: unit.depth)
    return frozenset().union(*(members.people(unit, role) for role in roles))
