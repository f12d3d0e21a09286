"""Who looks after the search: superusers, and who administers a top unit; nobody else."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.permissions import policy_registry

from library.sought.models import Unanswered
from library.sought.tending import tends_search
from library.units.models import Membership, Role
from search.vocabulary.models import Synonym
from tests.cast import Cast, member, person


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("at", ["province", "district", "school_a"])
def test_it_takes_an_administrator_of_a_top_unit(
    cast: Cast, role: Role, at: str
) -> None:
    user = person("thu")
    member(user, getattr(cast, at), role)
    expected = (role, at) == (Role.ADMIN, "province")
    assert tends_search(user) is expected
    for model in (Unanswered, Synonym, SearchPromotion):
        policy = policy_registry.get_by_type(model)
        assert policy.user_has_permission(user, "change") is expected
        assert (user in policy.users_with_permission("change")) is expected


def test_a_role_that_ended_gives_nothing(cast: Cast) -> None:
    user = person("thu")
    member(user, cast.province, Role.ADMIN)
    Membership.objects.filter(user=user).update(valid_until=datetime.date(2022, 1, 1))
    assert not tends_search(user)
    policy = policy_registry.get_by_type(SearchPromotion)
    assert user not in policy.users_with_permission("change")


def test_superusers_may_and_guests_may_not(cast: Cast) -> None:
    assert tends_search(cast.an)
    assert not tends_search(AnonymousUser())
    cast.an.is_active = False
    assert not tends_search(cast.an)
