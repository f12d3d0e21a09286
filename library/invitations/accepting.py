"""Accepting an invitation: whether it still holds, and the role that it gives.

A role already held is lengthened by it, never lessened or ended.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.invitations import acts
from library.invitations.models import Invitation, InvitationUse
from library.units import members
from library.units.models import Membership, Role
from library.units.permissions import Reach, Right, reach_of


class RefusedError(Exception):
    """Says in a sentence why, and what to do."""


@dataclass(frozen=True)
class Days:
    """Since when a role holds, and the first day without it (None: open)."""

    start: datetime.date
    end: datetime.date | None


def find(code: str) -> Invitation | None:
    rows = Invitation.objects.select_related("unit", "made_by")
    return rows.filter(code=code).first()


def trouble(invitation: Invitation, backing: Reach | None = None) -> str:
    """Why nobody comes by it any more, and what to do; nothing while somebody may.

    `backing`: the rights of whoever made it, where they are known.
    """
    if invitation.withdrawn_at:
        return _(
            "This invitation was withdrawn. Ask whoever gave it to you for another."
        )
    if invitation.unit.ended_on:
        return _(
            "“%(unit)s” has ended. Ask the unit that continues it for an invitation."
        ) % {"unit": invitation.unit.title}
    if invitation.expires_on <= timezone.localdate():
        return _(
            "This invitation was valid until %(day)s. Ask whoever gave it to you for "
            "another."
        ) % {"day": _day(invitation.last_day)}
    if invitation.valid_until and invitation.valid_until <= timezone.localdate():
        return _(
            "The time for which this role was meant is over. Ask whoever gave you the "
            "invitation for another."
        )
    if invitation.uses.count() >= invitation.places:
        return _(
            "This invitation is used up. If you have used it yourself, sign in; else "
            "ask whoever gave it to you for another."
        )
    if not is_backed(invitation, backing):
        return _(
            "Whoever made this invitation no longer administers “%(unit)s”. Ask the "
            "unit for another."
        ) % {"unit": invitation.unit.title}
    return ""


def is_backed(invitation: Invitation, backing: Reach | None = None) -> bool:
    """Else somebody whose own role ended could come back by an invitation kept aside."""
    by = invitation.made_by
    reach = backing or (reach_of(by) if by else Reach({}))
    return reach.may(Right.MANAGE_MEMBERS, invitation.unit)


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """As one: the place is taken and the role is given, or neither.

    The rows are locked: of two who come for the last place one is refused, and of two
    invitations that one person accepts at once neither undoes the other.
    """
    User.objects.select_for_update().get(pk=user.pk)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    row = Invitation.objects.select_related("unit", "made_by").get(pk=invitation.pk)
    days = _days(row, user)
    InvitationUse.objects.create(invitation=row, user=user)
    given = members.grant(
        user,
        row.unit,
        Role(row.role),
        valid_from=days.start,
        valid_until=days.end,
        by=user,
    )
    acts.record(acts.ACCEPTED, row, by=user, person=user)
    return given


def _days(invitation: Invitation, user: User) -> Days:
    """Those of the role from now on."""
    if why := trouble(invitation):
        raise RefusedError(why)
    if invitation.made_by_id == user.pk and not user.is_superuser:
        raise RefusedError(
            _("You made this invitation: nobody gives a role to themselves.")
        )
    offered = Days(invitation.valid_from, invitation.valid_until)
    held = Membership.objects.filter(
        user=user, unit=invitation.unit, role=invitation.role
    ).first()
    if held is None or held.is_over:
        return offered
    return _joined(Days(held.valid_from, held.valid_until), offered)


def _joined(held: Days, offered: Days) -> Days:
    if held.end and offered.start > held.end:
        raise RefusedError(
            _(
                "You have this role here until %(day)s, and the invitation begins later. "
                "Come back then, or ask the unit to change the dates of your role."
            )
            % {"day": _day(held.end - datetime.timedelta(1))}
        )
    ends = (held.end, offered.end)
    last = None if None in ends else max(end for end in ends if end)
    joined = Days(min(held.start, offered.start), last)
    if joined == held:
        raise RefusedError(
            _("You have this role here already; the invitation is left for others.")
        )
    return joined


def _day(day: datetime.date) -> str:
    return date_format(day, "d/m/Y")
