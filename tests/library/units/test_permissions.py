"""The one table of rights: every role × right × place, and boolean = queryset."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from library.units import permissions
from library.units.models import Membership, Role, UnitPage
from library.units.permissions import RIGHTS, Right, may, paths_where, units_where
from tests.cast import Cast, member, person

PEOPLE = ("lan", "minh", "hoa", "tu", "bao", "nam", "an")
HELD = {
    "lan": (Role.CONTRIBUTOR, {"school_a"}),
    "minh": (Role.CURATOR, {"district", "school_a", "school_b"}),
    "hoa": (Role.CONTRIBUTOR, {"school_b"}),
    "tu": (Role.CURATOR, {"school_b"}),
    "bao": (Role.CONTRIBUTOR, {"school_c"}),
}
UNITS = (
    "province",
    "district",
    "other_district",
    "school_a",
    "school_b",
    "school_c",
)


def expected(cast: Cast, name: str, right: Right) -> set[str]:
    if name == "an":
        return set(UNITS)
    role, places = HELD.get(name, (None, set()))
    return places if role and right in RIGHTS[role] else set()


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("name", PEOPLE)
def test_a_right_holds_at_the_unit_and_below_and_the_queryset_says_the_same(
    cast: Cast, name: str, right: Right
) -> None:
    user = getattr(cast, name)
    allowed = {unit for unit in UNITS if may(user, right, getattr(cast, unit))}
    listed = set(units_where(user, right).values_list("code", flat=True))
    assert allowed == expected(cast, name, right)
    assert listed == {getattr(cast, unit).code for unit in allowed}


@pytest.mark.parametrize("role", Role)
def test_each_role_gives_its_rights_and_no_other(cast: Cast, role: Role) -> None:
    user = person("thu")
    member(user, cast.school_a, role)
    given = {right for right in Right if may(user, right, cast.school_a)}
    assert given == RIGHTS[role]


def test_the_table_in_words() -> None:
    assert Right.REVIEW_CLIPS not in RIGHTS[Role.CONTRIBUTOR]
    assert Right.WITHDRAW_CLIPS not in RIGHTS[Role.CONTRIBUTOR]
    assert {role for role in Role if Right.REVIEW_CLIPS in RIGHTS[role]} == {
        Role.CURATOR
    }
    assert {role for role in Role if Right.MANAGE_MEMBERS in RIGHTS[role]} == {
        Role.ADMIN
    }
    assert {role for role in Role if Right.ADD_CLIPS in RIGHTS[role]} == {
        Role.CONTRIBUTOR
    }


def test_a_right_reaches_every_page_below_a_unit(cast: Cast) -> None:
    chi_doan = cast.school_a.add_child(
        instance=UnitPage(
            title="Chi đoàn 10A1", slug="10a1", code="10a1", kind=cast.school_a.kind
        )
    )
    assert may(cast.lan, Right.ADD_CLIPS, chi_doan)
    assert may(cast.minh, Right.REVIEW_CLIPS, chi_doan)
    assert not may(cast.hoa, Right.SEE_DRAFTS, chi_doan)


@pytest.mark.parametrize(
    ("days_from", "days_until", "holds"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-9, 0, False),
        (-9, 1, True),
    ],
)
def test_a_membership_gives_something_only_between_its_dates(
    cast: Cast, days_from: int, days_until: int | None, holds: bool
) -> None:
    today = timezone.localdate()
    Membership.objects.filter(user=cast.lan).update(
        valid_from=today + datetime.timedelta(days_from),
        valid_until=None
        if days_until is None
        else today + datetime.timedelta(days_until),
    )
    assert may(cast.lan, Right.ADD_CLIPS, cast.school_a) is holds
    assert units_where(cast.lan, Right.ADD_CLIPS).exists() is holds


def test_guests_and_inactive_people_may_nothing(cast: Cast) -> None:
    cast.minh.is_active = False
    for user in (AnonymousUser(), cast.minh):
        for right in Right:
            assert not may(user, right, cast.school_a)
            assert not units_where(user, right).exists()


def test_a_role_at_a_unit_and_above_counts_as_the_highest_one(cast: Cast) -> None:
    member(cast.minh, cast.school_a, Role.CURATOR)
    assert paths_where(cast.minh, Right.REVIEW_CLIPS) == (cast.district.path,)


def test_five_hundred_units_make_one_condition_a_level(cast: Cast) -> None:
    paths = [f"00010001{number:04d}" for number in range(1000, 1500)]
    paths += [f"000100010001{number:04d}" for number in range(1000, 1500)]
    condition = permissions.under(paths)
    assert len(condition.children) == 3
    assert not Page.objects.filter(condition).exists()


def test_a_reach_answers_for_many_pages_with_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = User.objects.get(pk=cast.minh.pk)
    with django_assert_num_queries(1):
        reach = permissions.reach_of(user)
        for page in (cast.school_a, cast.school_b, cast.school_c):
            reach.may(Right.REVIEW_CLIPS, page)
