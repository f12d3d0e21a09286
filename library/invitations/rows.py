"""Invitations as finished values: rows of the admin's list, and slips to be printed."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from library.invitations import accepting, mails
from library.invitations.mails import Sending
from library.invitations.models import Invitation
from library.qr import qr_svg
from library.units import member_log
from library.units.member_forms import ROLES
from library.units.permissions import Reach, reach_of

TROUBLED = frozenset({Sending.DELAYED, Sending.FAILED})


@dataclass(frozen=True)
class Row:
    """An invitation in the list; `trouble` is empty while somebody may come by it."""

    invitation: Invitation
    trouble: str
    used: int
    people: str
    mail: str
    is_mail_troubled: bool

    @property
    def may_print(self) -> bool:
        return not self.trouble and not self.invitation.email

    @property
    def may_send(self) -> bool:
        return not self.trouble and bool(self.invitation.email)

    @property
    def may_withdraw(self) -> bool:
        return not self.trouble


@dataclass(frozen=True)
class Slip:
    """What is printed for one invitation."""

    invitation: Invitation
    role: str
    qr: str  # as an address that holds the drawing
    page: str  # where the code is typed


def rows_of(invitations: Sequence[Invitation]) -> list[Row]:
    found = list(invitations)
    prefetch_related_objects(found, "uses__user")
    fare = mails.fare(found)
    makers = {row.made_by_id: row.made_by for row in found if row.made_by}
    backing = {number: reach_of(by) for number, by in makers.items()}
    return [_row(row, fare.get(row.pk), backing.get(row.made_by_id)) for row in found]


def _row(invitation: Invitation, mail: Sending | None, backing: Reach | None) -> Row:
    uses = list(invitation.uses.all())
    named = [member_log.name_of(use.user) if use.user else "–" for use in uses]
    return Row(
        invitation=invitation,
        trouble=_state(invitation, len(uses), backing),
        used=len(uses),
        people=", ".join(named),
        mail=str(mail.label) if mail else "",
        is_mail_troubled=mail in TROUBLED,
    )


def _state(invitation: Invitation, used: int, backing: Reach | None) -> str:
    """In a word or two why it no longer holds."""
    if invitation.withdrawn_at:
        return _("withdrawn")
    if used >= invitation.places:
        return _("used")
    if accepting.trouble(invitation, backing):
        return _("no longer valid")
    return ""


def slips_of(invitations: Iterable[Invitation]) -> Iterator[Slip]:
    words = dict(ROLES)
    host = settings.PUBLIC_URL.partition("://")[2]
    for invitation in invitations:
        drawn = base64.b64encode(qr_svg(invitation.address)).decode()
        yield Slip(
            invitation=invitation,
            role=str(words[invitation.role]),
            qr=f"data:image/svg+xml;base64,{drawn}",
            page=host + reverse("invitations:welcome"),
        )
