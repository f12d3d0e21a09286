"""An admin of the district of schools A and B, and what they offer."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from library.invitations import inviting
from library.invitations.inviting import Offer
from library.invitations.models import Invitation
from library.units.models import Role, UnitPage
from tests.cast import Cast, member, person

Invite = Callable[..., Invitation]


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(number)


def offer(unit: UnitPage, role: Role = Role.CONTRIBUTOR, **changes: object) -> Offer:
    told = {"valid_from": days(0), "valid_until": None, "expires_on": days(30)}
    return Offer(unit=unit, role=role, **(told | changes))  # type: ignore[arg-type]


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


@pytest.fixture
def invite(cast: Cast, head: User) -> Invite:
    """A code for school A, by the head of its district."""

    def made(
        unit: UnitPage | None = None,
        role: Role = Role.CONTRIBUTOR,
        places: int = 1,
        by: User | None = None,
        **changes: object,
    ) -> Invitation:
        asked = offer(unit or cast.school_a, role, **changes)
        return inviting.by_code(asked, places, by or head)

    return made
