"""Memberships, and the groups and page permissions that follow from them."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User

from library.units.models import Membership, Role, UnitPage


def grant(
    user: User,
    unit: UnitPage,
    role: Role,
    *,
    valid_from: datetime.date,
    valid_until: datetime.date | None = None,
) -> Membership:
    membership, _ = Membership.objects.update_or_create(
        user=user,
        unit=unit,
        role=role,
        defaults={"valid_from": valid_from, "valid_until": valid_until},
    )
    return membership
