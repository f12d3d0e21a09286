"""Making invitations, sending their mails again, withdrawing them; and who may."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from library.invitations import acts, mails
from library.invitations.models import Invitation, InvitationQuerySet
from library.units.models import Role, UnitPage
from library.units.permissions import Person, Right, within

LASTS = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Offer:
    """To what people are invited."""

    unit: UnitPage
    role: Role
    valid_from: datetime.date
    valid_until: datetime.date | None
    expires_on: datetime.date


def managed_by(user: Person) -> InvitationQuerySet:
    """Those to units whose people the person manages."""
    rows = Invitation.objects.filter(within(user, Right.MANAGE_MEMBERS, "unit__path"))
    found: InvitationQuerySet = rows.select_related("unit", "made_by")
    return found


@transaction.atomic
def by_mail(offer: Offer, addresses: Sequence[str], by: User) -> list[Invitation]:
    """One for each address, for one person each."""
    return [_make(offer, by, email=address) for address in addresses]


@transaction.atomic
def by_code(offer: Offer, places: int, by: User) -> Invitation:
    """One to be printed, for so many people."""
    return _make(offer, by, places=places)


def _make(offer: Offer, by: User, *, places: int = 1, email: str = "") -> Invitation:
    made = Invitation.objects.create(
        unit=offer.unit,
        role=offer.role,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        expires_on=offer.expires_on,
        places=places,
        email=email,
        made_by=by,
    )
    acts.record(acts.MADE, made, by=by)
    if email:
        mails.ask(made)
    return made


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> bool:
    """False: somebody was quicker. What was accepted by it stays as it is."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        pk=invitation.pk, withdrawn_at=None
    )
    if not rows.update(withdrawn_at=timezone.now()):
        return False
    acts.record(acts.WITHDRAWN, invitation, by=by)
    return True


@transaction.atomic
def send_again(invitation: Invitation, by: User) -> None:
    mails.ask(invitation)
    acts.record(acts.SENT_AGAIN, invitation, by=by)
