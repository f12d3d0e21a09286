"""The demo's structure; its clips are tested with the command that loads them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.contributions.models import Campaign
from library.demo import load, logins
from library.units.models import Membership, Role, UnitPage

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    models = (UnitPage, User, Membership, Campaign)
    return tuple(model.objects.count() for model in models)


def test_the_structure_can_be_browsed_before_there_is_a_clip() -> None:
    load.structure()
    (province,) = UnitPage.objects.filter(depth=3)
    admin = province.memberships.get(role=Role.ADMIN)
    assert admin.user.username == logins.PROVINCE.username
    for district in UnitPage.objects.child_of(province):
        assert district.memberships.filter(role=Role.CURATOR).exists()
    assert not ClipPage.objects.exists()
    before = counts()
    load.structure()
    assert counts() == before
