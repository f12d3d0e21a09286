"""Wagtail's policy on pages, made flat: rights at hundreds of units stay one condition.

Wagtail's own policy writes one OR branch for each permission row, which SQLite refuses
at some hundred rows; the answers are the same. Rows of a membership that has ended
count no more, even before the daily refresh has taken the group away.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from library.units.models import LibraryPage, Membership, UnitPage
from library.units.permissions import highest, under

PUBLIC = (LibraryPage, UnitPage)
LOOKING = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})


class UnitTreePolicy(PagePermissionPolicy):
    def get_all_permissions_for_user(
        self, user: User | AnonymousUser
    ) -> QuerySet[GroupPagePermission]:
        rows = super().get_all_permissions_for_user(user)
        if user.pk is None:
            return rows
        lasting = Membership.objects.valid_on().filter(
            user_id=user.pk,
            unit_id=OuterRef("group__unit_group__unit"),
            role=OuterRef("group__unit_group__role"),
        )
        return rows.filter(Q(group__unit_group=None) | Exists(lasting))

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Iterable[str]
    ) -> QuerySet[Page]:
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        actions = set(actions)
        wanted = under(self._paths(user, actions))
        if "change" in actions and "add" not in actions:
            # Who may add below a unit may change what they own there.
            wanted |= under(self._paths(user, {"add"})) & Q(owner=user)
        return _pages(wanted)

    def explorable_instances(self, user: User | AnonymousUser) -> QuerySet[Page]:
        """What the person has any right at, and the way there from the common root."""
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        root = self.explorable_root_instance(user)
        paths = highest(self._paths(user, LOOKING))
        if root is None:
            return Page.objects.none()
        steps = range(len(root.path), max(map(len, paths)), self.model.steplen)
        way = {path[:end] for path in paths for end in steps if end < len(path)}
        return _pages(under(paths) | Q(path__in=way))

    def may_explore(self, user: User | AnonymousUser, page: Page) -> bool:
        """The twin of `explorable_instances` for one page, on the rows read anyway."""
        everything_or_nothing = self._base_user_has_permission(user)
        if everything_or_nothing is not None:
            return bool(everything_or_nothing)
        root = self.explorable_root_instance(user)
        return root is not None and any(
            page.path.startswith(path)
            or (path.startswith(page.path) and page.path.startswith(root.path))
            for path in self._paths(user, LOOKING)
        )

    def _paths(self, user: User | AnonymousUser, actions: Iterable[str]) -> set[str]:
        codenames = self._get_permission_codenames(actions)
        return {
            row.page.path
            for row in self.get_cached_permissions_for_user(user)
            if row.permission.codename in codenames
        }


def _pages(condition: Q) -> QuerySet[Page]:
    """As a subquery: the search backends read conditions and know no `Substr`."""
    within = Page.objects.filter(condition).order_by()
    return Page.objects.filter(pk__in=within.values("pk"))


def may_name(user: User | AnonymousUser, page: Page) -> bool:
    """The twin of `namable` for one page."""
    if page.depth == 1 or (page.live and page.specific_class in PUBLIC):
        return True
    return bool(policy_registry.get_by_type(Page).may_explore(user, page))


def namable(user: User | AnonymousUser) -> QuerySet[Page]:
    """Pages whose title the admin may tell this person: what they may explore, and
    units, whose names are public."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(user)
    public = Page.objects.type(*PUBLIC).live() | Page.objects.filter(depth=1)
    return Page.objects.filter(
        Q(pk__in=explorable.values("pk")) | Q(pk__in=public.values("pk"))
    )


def register() -> None:
    """Called once, by the app's `ready()`, before anything asks for the policy."""
    register_permission_policy(Page, UnitTreePolicy())
