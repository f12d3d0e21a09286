"""Memberships, and the groups and page permissions that follow from them.

Wagtail's admin asks groups and page permissions: one group for each role at a unit,
with its rows at that unit alone, however many units lie below it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from library.units import member_log
from library.units.models import Membership, Role, UnitGroup, UnitPage
from library.units.permissions import Right, may

# No role holds `publish`: a clip goes live by the end of its review alone. Wagtail's
# explorer and reports open to holders of any right; `bulk_delete` is the one that by
# itself allows nothing, so it stands for "may look" where a role changes no page.
PAGE_PERMISSIONS: Mapping[Role, tuple[str, ...]] = {
    Role.CONTRIBUTOR: ("add_page", "change_page"),
    Role.CURATOR: ("bulk_delete_page",),
    Role.ADMIN: ("change_page",),
}


class LastAdminError(Exception):
    """Whoever leaves is the only admin of the very unit."""


@transaction.atomic
def grant(
    user: User,
    unit: UnitPage,
    role: Role,
    *,
    valid_from: datetime.date,
    valid_until: datetime.date | None = None,
    by: User | None = None,
) -> Membership:
    """Gives the role, or changes the dates of the one already given."""
    same = Membership.objects.filter(user=user, unit=unit, role=role)
    held = same.select_for_update().first()
    membership, _ = Membership.objects.update_or_create(
        user=user,
        unit=unit,
        role=role,
        defaults={"valid_from": valid_from, "valid_until": valid_until},
    )
    refresh(user)
    member_log.record(membership, held, by)
    return membership


@transaction.atomic
def revoke(
    membership: Membership, on: datetime.date | None = None, by: User | None = None
) -> None:
    """Ends it on a day (today): the first day without the role."""
    before = Membership.objects.get(pk=membership.pk)
    membership.valid_until = on or timezone.localdate()
    membership.save(update_fields=["valid_until"])
    refresh(membership.user)
    member_log.record(membership, before, by)


@transaction.atomic
def take_back(membership: Membership, by: User | None) -> None:
    """As if it had never been given: its row goes, and so does a group of nobody."""
    user, unit, role = membership.user, membership.unit, membership.role
    member_log.record_taken_back(membership, by)
    membership.delete()
    refresh(user)
    if not Membership.objects.filter(unit=unit, role=role).exists():
        Group.objects.filter(unit_group__unit=unit, unit_group__role=role).delete()


@transaction.atomic
def end(membership: Membership, by: User) -> None:
    """Ends it today, as somebody wishes; the last admin of a unit does not leave it."""
    _hold_admins(membership.unit, by)
    if keeps_the_last_admin(membership, by):
        raise LastAdminError
    revoke(membership, by=by)


@transaction.atomic
def change_dates(
    membership: Membership,
    by: User,
    *,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
) -> Membership:
    """Of a role that was given, also of one that ended: it is then given again."""
    _hold_admins(membership.unit, by)
    role = Role(membership.role)
    return grant(
        membership.user,
        membership.unit,
        role,
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
    )


def _hold_admins(unit: UnitPage, by: User) -> None:
    """The unit's admins are locked, so that of two who leave at once, or end each other's
    role, one stays: the second sees what the first has done."""
    admins = Membership.objects.filter(unit=unit, role=Role.ADMIN)
    list(admins.select_for_update().order_by("pk").values_list("pk"))
    if not may(by, Right.MANAGE_MEMBERS, unit):
        raise PermissionDenied


@transaction.atomic
def refresh(*users: User) -> int:
    """Puts people (all, when none are named) into the groups their memberships give
    today; returns how many places in groups changed. Run daily and at sign-in."""
    due = Membership.objects.valid_on()
    places = User.groups.through.objects.filter(group__unit_group__isnull=False)
    if users:
        due, places = due.filter(user__in=users), places.filter(user__in=users)
    # Places first: one that somebody is given in between is not taken for a left over.
    held = {(place.user_id, place.group_id): place.pk for place in places}
    wanted = {(held.user_id, group) for held, group in _with_groups(due)}
    gone = [pk for place, pk in held.items() if place not in wanted]
    User.groups.through.objects.filter(pk__in=gone).delete()
    missing = [
        User.groups.through(user_id=user, group_id=group)
        for user, group in wanted - held.keys()
    ]
    User.groups.through.objects.bulk_create(missing, ignore_conflicts=True)
    return len(gone) + len(missing)


def _with_groups(due: QuerySet[Membership]) -> Iterator[tuple[Membership, int]]:
    """Each membership with the id of its group, in two queries for any number."""
    links = UnitGroup.objects.filter(unit__in=due.values("unit"))
    known = {
        (unit, role): group
        for unit, role, group in links.values_list("unit_id", "role", "group_id")
    }
    for held in due.select_related("unit"):
        place = (held.unit_id, held.role)
        if place not in known:
            known[place] = group_of(held.unit, held.role).pk
        yield held, known[place]


@transaction.atomic
def group_of(unit: UnitPage, role: str) -> Group:
    """The group of a role at a unit, with its rights; made when first needed, of two who
    need it at once by one."""
    known = UnitGroup.objects.filter(unit=unit, role=role).select_related("group")
    if not known.exists():
        UnitPage.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if link := known.first():
        return link.group
    group = Group.objects.create(name=f"{unit.code} · {Role(role).value}")
    UnitGroup.objects.create(group=group, unit=unit, role=role)
    group.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=unit.pk, permission=permission)
        for permission in _page_permissions(PAGE_PERMISSIONS[Role(role)])
    )
    return group


def _page_permissions(codenames: Iterable[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=codenames,
    )


def people(unit: UnitPage, role: Role) -> QuerySet[User]:
    """Who holds the role today at this very unit."""
    held = Membership.objects.valid_on().filter(unit=unit, role=role)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def is_last_admin(membership: Membership) -> bool:
    """Nobody else administers its very unit; admins of units above still do."""
    others = people(membership.unit, Role.ADMIN).exclude(pk=membership.user_id)
    return membership.role == Role.ADMIN and not others.exists()


def keeps_the_last_admin(membership: Membership, by: User) -> bool:
    """Nobody but a superuser gives up the administration of a unit without an heir."""
    is_own = membership.user_id == by.pk
    return is_own and not by.is_superuser and is_last_admin(membership)


def units_with(role: Role, page: Page) -> list[UnitPage]:
    """Units at or above a page at which somebody active holds the role, nearest first."""
    above = [page.path[:end] for end in range(4, len(page.path) + 1, 4)]
    held = Membership.objects.valid_on().filter(role=role, user__is_active=True)
    units = UnitPage.objects.filter(path__in=above, pk__in=held.values("unit"))
    return list(units.order_by("-depth"))
