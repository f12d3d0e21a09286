"""Wagtail's page policy made flat: the same answers as Wagtail's own, in few conditions."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from library.clips.models import ClipPage
from library.units import members
from library.units.models import Membership, Role, UnitPage
from library.units.policy import UnitTreePolicy, may_name, namable
from tests.cast import Cast, member, unit

PEOPLE = ("lan", "minh", "hoa", "tu", "bao", "nam", "an")
ACTIONS = ({"add"}, {"change"}, {"publish"}, {"add", "change"}, {"bulk_delete"})


def draft(at: UnitPage, owner: User) -> ClipPage:
    clip: ClipPage = at.add_child(
        instance=ClipPage(
            title="Nháp", slug=f"nhap-{owner.username}", live=False, owner=owner
        )
    )
    return clip


@pytest.fixture
def clips(cast: Cast) -> list[ClipPage]:
    return [
        draft(cast.school_a, cast.lan),
        draft(cast.school_b, cast.hoa),
        draft(cast.district, cast.lan),
        draft(cast.school_c, cast.minh),
    ]


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)  # Wagtail keeps the rows on the user object


def test_it_is_the_policy_that_wagtail_asks() -> None:
    for model in (Page, UnitPage, ClipPage):
        assert isinstance(policy_registry.get_by_type(model), UnitTreePolicy)


@pytest.mark.parametrize("actions", ACTIONS)
@pytest.mark.parametrize("name", PEOPLE)
def test_it_lists_the_pages_that_wagtails_own_would(
    cast: Cast, clips: list[ClipPage], name: str, actions: set[str]
) -> None:
    member(cast.bao, cast.school_a, Role.ADMIN)
    user = getattr(cast, name)
    ours, stock = UnitTreePolicy(), PagePermissionPolicy()
    assert set(ours.instances_user_has_any_permission_for(fresh(user), actions)) == set(
        stock.instances_user_has_any_permission_for(fresh(user), actions)
    )


def test_who_may_only_add_may_change_what_they_own(
    cast: Cast, clips: list[ClipPage]
) -> None:
    GroupPagePermission.objects.filter(permission__codename="change_page").delete()
    found = UnitTreePolicy().instances_user_has_any_permission_for(
        fresh(cast.lan), {"change"}
    )
    assert [page.pk for page in found] == [clips[0].pk]


@pytest.mark.parametrize("name", PEOPLE)
def test_one_page_and_the_list_agree_on_what_may_be_explored_and_named(
    cast: Cast, clips: list[ClipPage], name: str
) -> None:
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    user = fresh(getattr(cast, name))
    policy = UnitTreePolicy()
    pages = Page.objects.all()
    explorable = set(policy.explorable_instances(user))
    assert {page for page in pages if policy.may_explore(user, page)} == explorable
    assert {page for page in pages if may_name(user, page)} == set(namable(user))


def test_somebody_of_two_districts_finds_the_way_from_their_common_unit(
    cast: Cast,
) -> None:
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    found = UnitTreePolicy().explorable_instances(fresh(cast.bao))
    assert {page.specific for page in found} == {
        cast.province,
        cast.district,
        cast.other_district,
        cast.school_a,
        cast.school_c,
    }


def test_a_draft_beside_the_way_stays_hidden(cast: Cast, clips: list[ClipPage]) -> None:
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    user = fresh(cast.bao)
    at_the_district = Page.objects.get(pk=clips[2].pk)
    assert not may_name(user, at_the_district)
    assert not namable(user).filter(pk=at_the_district.pk).exists()


def test_guests_and_people_without_a_role_explore_nothing(cast: Cast) -> None:
    policy = UnitTreePolicy()
    for user in (AnonymousUser(), fresh(cast.nam)):
        assert not policy.explorable_instances(user).exists()
        assert not policy.may_explore(user, cast.school_a)


def test_an_ended_membership_counts_no_more_before_its_group_is_taken(
    cast: Cast,
) -> None:
    Membership.objects.filter(user=cast.lan).update(valid_until=timezone.localdate())
    user = fresh(cast.lan)
    assert user.groups.exists()
    assert not UnitTreePolicy().explorable_instances(user).exists()
    assert not cast.school_a.permissions_for_user(user).permissions


def test_rights_at_hundreds_of_units_are_a_handful_of_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(120):
        school = unit(
            cast.other_district, f"truong-{number}", f"Trường {number}", "school"
        )
        members.grant(
            cast.nam, school, Role.CONTRIBUTOR, valid_from=datetime.date(2021, 1, 1)
        )
    user = fresh(cast.nam)
    with django_assert_max_num_queries(3):
        assert UnitTreePolicy().explorable_instances(user).count() == 121
