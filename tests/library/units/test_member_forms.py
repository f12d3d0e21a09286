"""The form by which a role is given: who is found, which units are offered."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.units import members
from library.units.member_forms import MembershipForm
from library.units.models import Role
from tests.cast import Cast, member, person


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


def form_of(cast: Cast, by: User, **changes: object) -> MembershipForm:
    answers = {
        "person": "nam",
        "unit": cast.school_a.pk,
        "role": Role.CURATOR.value,
        "valid_from": "2026-09-05",
        "valid_until": "",
    }
    return MembershipForm(answers | changes, by=by)


def test_the_units_offered_are_those_of_the_subtree(cast: Cast, head: User) -> None:
    offered = MembershipForm(by=head).fields["unit"].queryset  # type: ignore[attr-defined]
    assert list(offered) == [cast.district, cast.school_a, cast.school_b]


@pytest.mark.parametrize("words", ["nam", "NAM", " nam ", "Nam@Example.org"])
def test_a_person_is_found_by_account_or_mail(
    cast: Cast, head: User, words: str
) -> None:
    form = form_of(cast, head, person=words)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["person"] == cast.nam


def test_two_accounts_of_one_mail_are_not_guessed_between(
    cast: Cast, head: User
) -> None:
    User.objects.filter(pk=cast.hoa.pk).update(email=cast.nam.email)
    assert "person" in form_of(cast, head, person=cast.nam.email).errors


def test_an_inactive_account_gets_no_role(cast: Cast, head: User) -> None:
    User.objects.filter(pk=cast.nam.pk).update(is_active=False)
    assert "person" in form_of(cast, head).errors


def test_an_end_has_to_come_after_the_beginning(cast: Cast, head: User) -> None:
    assert "valid_until" in form_of(cast, head, valid_until="2026-09-05").errors
    assert form_of(cast, head, valid_until="2026-09-06").is_valid()


def test_a_unit_is_named_with_the_one_above_it(cast: Cast, head: User) -> None:
    """Classes are called alike at every school."""
    offered = str(MembershipForm(by=head)["unit"])
    assert f"{cast.school_a.title} ({cast.district.title})" in offered


def test_a_role_that_is_held_is_not_given_again(cast: Cast, head: User) -> None:
    again = form_of(cast, head, person="lan", role=Role.CONTRIBUTOR.value)
    assert "01/01/2021" in str(again.errors["role"])
    members.revoke(cast.lan.memberships.get())
    assert form_of(cast, head, person="lan", role=Role.CONTRIBUTOR.value).is_valid()


@pytest.mark.parametrize("day", ["", "31/02/2026", "99999-01-01", "hôm nay"])
def test_a_day_that_is_none_is_explained(cast: Cast, head: User, day: str) -> None:
    assert "valid_from" in form_of(cast, head, valid_from=day).errors
