"""Who looks after the search: it is the whole library's, so whoever administers a top unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from library.sought.models import Unanswered
from library.units.models import Membership
from library.units.permissions import RIGHTS, Person, Right, paths_where
from search.vocabulary.models import Synonym

TOP = 3 * Page.steplen  # Wagtail's root, the library, its top units


def tends_search(user: Person) -> bool:
    if getattr(user, "is_superuser", False):
        return user.is_active
    return any(len(path) <= TOP for path in paths_where(user, Right.TEND_SEARCH))


class SearchTendersPolicy(BasePermissionPolicy):
    """All or nothing: its rows belong to no unit."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:  # noqa: ARG002
        return tends_search(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:  # noqa: ARG002
        roles = [role for role, rights in RIGHTS.items() if Right.TEND_SEARCH in rights]
        held = Membership.objects.valid_on().filter(role__in=roles, unit__depth__lte=3)
        tends: Any = Q(is_superuser=True) | Q(pk__in=held.values("user"))
        return User.objects.filter(tends, is_active=True)


def register() -> None:
    """Called once, by the app's `ready()`. Wagtail registers a policy of its own for
    promotions, later; one for the exact class goes before it."""
    for model in (Unanswered, Synonym, SearchPromotion):
        register_permission_policy(model, SearchTendersPolicy(model), exact_class=True)
