"""Who hears of a clip: its own people while they are there, then those who follow them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.review import audience, chain, setup
from library.units import members
from library.units.models import Role
from library.units.permissions import Right
from tests.cast import Cast, member, person
from tests.factories import playable_clip


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    return playable_clip(cast.school_a, cast.lan)


def leaves(user: User, way: str) -> None:
    if way == "role ended":
        members.revoke(user.memberships.get())
    elif way == "account closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.delete()


def told(clip: ClipPage) -> tuple[set[str], bool]:
    found = audience.own_people(ClipPage.objects.get(pk=clip.pk))
    return {user.username for user in found.people}, found.have_left


def test_while_they_are_there_owner_and_submitter_hear_and_nobody_else(
    cast: Cast, draft: ClipPage
) -> None:
    setup.ensure_workflow()
    member(person("ngoc"), cast.school_a, Role.CONTRIBUTOR)
    mai = person("mai")
    member(mai, cast.school_a, Role.CONTRIBUTOR)
    assert told(draft) == ({"lan"}, False)
    chain.submit(draft, mai)
    assert told(draft) == ({"lan", "mai"}, False)
    leaves(cast.lan, "role ended")
    assert told(draft) == ({"mai"}, False)


@pytest.mark.parametrize("way", ["role ended", "account closed", "account deleted"])
def test_after_they_left_the_units_contributors_of_today_hear(
    cast: Cast, draft: ClipPage, way: str
) -> None:
    member(person("mai"), cast.school_a, Role.CONTRIBUTOR)
    member(person("admin-a"), cast.school_a, Role.ADMIN)
    leaves(cast.lan, way)
    assert told(draft) == ({"mai"}, True)


@pytest.mark.parametrize("at", ["school_a", "district", "province"])
def test_where_none_is_left_the_nearest_admin_hears(
    cast: Cast, draft: ClipPage, at: str
) -> None:
    near = getattr(cast, at)
    member(person("near"), near, Role.ADMIN)
    member(person("far"), cast.province, Role.ADMIN)
    leaves(cast.lan, "role ended")
    assert told(draft) == ({"near", "far"} if at == "province" else {"near"}, True)


def test_without_any_nobody_hears_not_even_superusers(
    cast: Cast, draft: ClipPage
) -> None:
    leaves(cast.lan, "role ended")
    assert told(draft) == (set(), True)


def test_the_nearest_with_a_right_answer_whatever_their_role(
    cast: Cast, draft: ClipPage
) -> None:
    right = Right.ANSWER_PROBLEMS
    member(person("loan"), cast.province, Role.CURATOR)
    assert audience.answering(draft, right) == {cast.minh}
    admin = person("admin-d")
    member(admin, cast.district, Role.ADMIN)
    assert audience.answering(draft, right) == {cast.minh, admin}
    near = person("admin-a")
    member(near, cast.school_a, Role.ADMIN)
    assert audience.answering(draft, right) == {near}
    User.objects.filter(pk=near.pk).update(is_active=False)
    assert audience.answering(draft, right) == {cast.minh, admin}


def test_a_units_admins_are_those_of_the_very_unit(cast: Cast, draft: ClipPage) -> None:
    member(person("admin-d"), cast.district, Role.ADMIN)
    assert audience.admins(draft) == set()
    near = person("admin-a")
    member(near, cast.school_a, Role.ADMIN)
    assert audience.admins(draft) == {near}
