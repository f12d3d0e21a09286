"""The demo's structure; its clips are tested with the command that loads them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.contributions.models import Campaign
from library.demo import load, logins
from library.reorganising import applying
from library.reorganising.models import Reorganisation, State
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


def test_july_2025_lies_ready_and_once_applied_the_demo_stays_as_it_is() -> None:
    load.structure()
    schools = {kind: load._schools(kind) for kind in ("doan-truong", "lien-doi")}
    before = counts()
    plan = Reorganisation.objects.get()
    assert plan.state == State.DRAFT
    applying.apply(plan, None)
    units = counts()[0]
    load.structure()
    assert {kind: load._schools(kind) for kind in schools} == schools
    assert counts() == (units, *before[1:])
