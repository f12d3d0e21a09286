"""Memberships become groups and page permissions, and stop doing so in time."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission

from library.units import members
from library.units.models import Membership, Role, UnitGroup
from tests.cast import Cast, member, person

TODAY = timezone.localdate


def days(number: int) -> datetime.date:
    return TODAY() + datetime.timedelta(number)


def rows_of(user: User) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(group__user=user)
    return set(rows.values_list("page__slug", "permission__codename"))


def test_a_grant_opens_the_admin_and_gives_rows_at_that_unit_alone(cast: Cast) -> None:
    assert User.objects.get(pk=cast.minh.pk).has_perm("wagtailadmin.access_admin")
    assert rows_of(cast.lan) == {
        ("thpt-dong-xoai", "add_page"),
        ("thpt-dong-xoai", "change_page"),
    }
    assert rows_of(cast.minh) == {("dong-xoai", "bulk_delete_page")}


@pytest.mark.parametrize("role", Role)
def test_no_role_may_publish_or_lock(cast: Cast, role: Role) -> None:
    user = person("thu")
    member(user, cast.province, role)
    codenames = {codename for _, codename in rows_of(user)}
    assert not codenames & {"publish_page", "lock_page", "unlock_page"}


def test_holders_of_a_role_at_a_unit_share_one_group(cast: Cast) -> None:
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    group = UnitGroup.objects.get(unit=cast.school_a, role=Role.CONTRIBUTOR).group
    assert set(group.user_set.all()) == {cast.lan, cast.bao}


def test_granting_again_changes_the_dates_and_adds_nothing(cast: Cast) -> None:
    before = Membership.objects.count(), Group.objects.count()
    again = members.grant(
        cast.lan,
        cast.school_a,
        Role.CONTRIBUTOR,
        valid_from=days(0),
        valid_until=days(9),
    )
    assert (Membership.objects.count(), Group.objects.count()) == before
    assert again.valid_until == days(9)


def test_revoking_takes_the_group_and_the_admin_at_once(cast: Cast) -> None:
    members.revoke(cast.lan.memberships.get())
    assert not User.objects.get(pk=cast.lan.pk).groups.exists()
    assert not User.objects.get(pk=cast.lan.pk).has_perm("wagtailadmin.access_admin")


def test_what_is_taken_back_leaves_neither_row_nor_empty_group(cast: Cast) -> None:
    before = set(Group.objects.values_list("pk", flat=True))
    first = member(cast.nam, cast.school_a, Role.CURATOR)
    second = member(cast.bao, cast.school_a, Role.CURATOR)
    members.take_back(first, cast.an)
    assert not Membership.objects.filter(user=cast.nam).exists()
    assert rows_of(cast.nam) == set()
    assert UnitGroup.objects.filter(unit=cast.school_a, role=Role.CURATOR).exists()
    members.take_back(second, cast.an)
    assert set(Group.objects.values_list("pk", flat=True)) == before


def test_a_daily_refresh_ends_what_ended_and_starts_what_starts(cast: Cast) -> None:
    Membership.objects.filter(user=cast.lan).update(valid_until=days(0))
    later = members.grant(cast.nam, cast.school_b, Role.CONTRIBUTOR, valid_from=days(1))
    assert not cast.nam.groups.exists()
    Membership.objects.filter(pk=later.pk).update(valid_from=days(0))
    assert members.refresh() == 2
    assert not cast.lan.groups.exists()
    assert cast.nam.groups.count() == 1
    assert members.refresh() == 0


def test_a_refresh_asks_no_more_for_more_people(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        member(person(f"nguoi-{number}"), cast.school_a, Role.CONTRIBUTOR)
    with django_assert_max_num_queries(7):
        assert members.refresh() == 0


def test_a_refresh_leaves_other_groups_alone(cast: Cast) -> None:
    editors = Group.objects.create(name="Biên tập")
    cast.lan.groups.add(editors)
    members.refresh()
    assert editors in cast.lan.groups.all()


def test_signing_in_brings_the_groups_up_to_date(cast: Cast, client: Client) -> None:
    Membership.objects.filter(user=cast.lan).update(valid_until=days(0))
    client.force_login(cast.lan)
    assert not cast.lan.groups.exists()


def test_the_nearest_unit_with_a_curator_comes_first(cast: Cast) -> None:
    member(cast.nam, cast.province, Role.CURATOR)
    assert members.units_with(Role.CURATOR, cast.school_b) == [
        cast.school_b,
        cast.district,
        cast.province,
    ]
    assert set(members.people(cast.school_b, Role.CURATOR)) == {cast.tu}


def test_a_unit_whose_only_curator_left_is_passed_over(cast: Cast) -> None:
    User.objects.filter(pk=cast.tu.pk).update(is_active=False)
    assert members.units_with(Role.CURATOR, cast.school_b) == [cast.district]
