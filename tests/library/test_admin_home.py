"""The admin's first page shows everybody the doors of their own work, and no others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from library.admin_home import DOORS, doors_for
from library.units.models import Role
from tests.cast import Cast, member, person, signed_in

EVERYTHING = {door.url for door in DOORS}
OF_ROLE = {
    Role.CONTRIBUTOR: {"/dong-gop/tai-len/", "/dong-gop/", "/dong-gop/?don-vi=1"},
    Role.CURATOR: {
        "/admin/review/",
        "/admin/reports/contributions/overview/",
    },
    Role.ADMIN: {
        "/dong-gop/?don-vi=1",
        "/admin/reports/contributions/overview/",
        "/admin/unit-members/",
        "/admin/encoding/",
    },
}


def holder(cast: Cast, role: Role) -> User:
    user = person(f"{role}-of-a")
    member(user, cast.school_a, role)
    return user


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_own_doors(cast: Cast, role: Role) -> None:
    user = holder(cast, role)
    assert {door.url for door in doors_for(user)} == OF_ROLE[role]


@pytest.mark.parametrize("role", list(Role))
def test_no_door_is_locked(cast: Cast, role: Role) -> None:
    client = signed_in(holder(cast, role))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    for address in OF_ROLE[role]:
        assert f'class="admin-door" href="{address}"' in home
        assert client.get(address).status_code == 200
    for address in EVERYTHING - OF_ROLE[role]:
        assert f'class="admin-door" href="{address}"' not in home


def test_superusers_have_all_doors(cast: Cast) -> None:
    assert {door.url for door in doors_for(cast.an)} == EVERYTHING
    client = signed_in(cast.an)
    for address in EVERYTHING:
        assert client.get(address).status_code == 200


def test_who_has_no_role_is_told_what_to_do(cast: Cast, client: Client) -> None:
    client.force_login(cast.nam)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Hãy hỏi quản trị viên của đơn vị mình" in home


@pytest.mark.parametrize("who", ["lan", "minh", "an"])
def test_nothing_leads_to_what_is_unused_or_to_wagtails_makers(
    cast: Cast, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "wagtail.org" not in home
    assert reverse("wagtailimages:index") not in home
    assert reverse("wagtaildocs:index") not in home
