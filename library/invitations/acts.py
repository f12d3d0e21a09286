"""What the log of acts tells of invitations; never their codes."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from library.invitations.models import Invitation
from library.units import member_log

MADE = "units.invitation_made"
SENT_AGAIN = "units.invitation_sent_again"
WITHDRAWN = "units.invitation_withdrawn"
ACCEPTED = "units.invitation_accepted"
ACTS = (
    (MADE, _("Invite"), _("Invited: %(person)s, %(role)s")),
    (
        SENT_AGAIN,
        _("Send an invitation again"),
        _("Sent an invitation again: %(person)s, %(role)s"),
    ),
    (
        WITHDRAWN,
        _("Withdraw an invitation"),
        _("Withdrew an invitation: %(person)s, %(role)s"),
    ),
    (
        ACCEPTED,
        _("Accept an invitation"),
        _("Accepted an invitation: %(person)s, %(role)s"),
    ),
)


def record(
    act: str, invitation: Invitation, *, by: User, person: User | None = None
) -> None:
    """On the unit's page; a withdrawn one is told as what it was before."""
    told = _told(invitation, person)
    is_gone = act == WITHDRAWN
    data = {"before": told if is_gone else {}, "after": {} if is_gone else told}
    log(invitation.unit, act, user=by, data=data)


def _told(invitation: Invitation, person: User | None) -> dict[str, str]:
    days = {
        name: f"{day:%d/%m/%Y}"
        for name in ("valid_from", "valid_until")
        if (day := getattr(invitation, name))
    }
    whom = member_log.name_of(person) if person else invitation.email or "–"
    role = member_log.role_in_words(invitation.role)
    return {"person": whom, "role": role, "unit": invitation.unit.title, **days}
