"""Roles follow a unit to the one that continues it, where that was chosen."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from wagtail.models import PageLogEntry

from library.reorganising import applying
from library.reorganising.applying import RefusedError
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation, State
from library.units import member_log, members
from library.units.models import (
    Membership,
    Role,
    UnitPage,
)
from library.units.permissions import Right, may
from tests.cast import Cast, member, person
from tests.library.reorganising.conftest import BIRTH, JULY, NOW

pytestmark = pytest.mark.usefixtures("in_september")

AUGUST = datetime.date(2031, 8, 1)
OCTOBER = datetime.date(2031, 10, 1)
TODAY = NOW.date()
A, B, C = "thpt-dong-xoai", "thpt-hung-vuong", "thpt-bu-dang"
Told = set[tuple[str, str, str]]


def line(code: str, on: datetime.date = JULY, **asks: Any) -> Line:
    return Line(number=1, code=code, on=on, **asks)


def merged(code: str, into: str, on: datetime.date = JULY) -> Line:
    return line(code, on, ends=True, successors=(into,))


def plan(cast: Cast, *lines: Line, carries: bool = True) -> Reorganisation:
    made = Reorganisation(name="Sắp xếp", on=lines[0].on, made_by=cast.an)
    made.asked, made.carries_roles = list(lines), carries
    made.save()
    return made


def applied(cast: Cast, *lines: Line, by: User | None = None) -> Reorganisation:
    made = plan(cast, *lines)
    applying.apply(made, by or cast.an)
    made.refresh_from_db()
    return made


def renamed(cast: Cast) -> tuple[Line, Line]:
    """School A goes on under another code."""
    new = line("moi", founds=True, name="Mới", kind="school", parent="dong-xoai")
    return new, merged(A, "moi")


def roles(code: str) -> Told:
    rows = Membership.objects.filter(unit__code=code).select_related("user")
    return {
        (row.user.username, row.role, f"{row.valid_from} – {row.valid_until or ''}")
        for row in rows
    }


SINCE_JULY = f"{JULY} – "
LONG_SINCE = "2021-01-01 – "


def test_whoever_had_a_role_has_it_at_the_unit_it_was_merged_into(aged: Cast) -> None:
    member(aged.nam, aged.school_a, Role.CURATOR)
    before = roles(B)
    applied(aged, merged(A, B))
    given = {("lan", "contributor", SINCE_JULY), ("nam", "curator", SINCE_JULY)}
    assert roles(B) == before | given
    assert ("lan", "contributor", LONG_SINCE) in roles(A)  # for its clips, as before
    assert may(aged.lan, Right.ADD_CLIPS, UnitPage.objects.get(code=B))
    assert aged.lan.groups.filter(unit_group__unit=aged.school_b).exists()


def test_unless_that_was_chosen_nobody_gets_anything(aged: Cast) -> None:
    before = roles(B)
    applying.apply(plan(aged, merged(A, B), carries=False), aged.an)
    assert roles(B) == before


def test_each_is_in_the_log_like_any_role(aged: Cast) -> None:
    applied(aged, merged(A, B))
    (entry,) = PageLogEntry.objects.filter(action=member_log.GIVEN, user=aged.an)
    assert entry.page_id == aged.school_b.pk
    assert entry.data["after"]["person"] == "Lan (lan)"
    assert entry.data["after"]["valid_from"] == "01/07/2031"


def test_a_role_goes_along_until_its_own_end_and_not_when_it_is_over(
    aged: Cast,
) -> None:
    def gets(name: str, **days: Any) -> None:
        members.grant(person(name), aged.school_a, Role.CONTRIBUTOR, **days)

    gets("until", valid_from=BIRTH, valid_until=OCTOBER)
    gets("over", valid_from=BIRTH, valid_until=JULY)
    gets("over-since", valid_from=BIRTH, valid_until=AUGUST)
    gets("to-come", valid_from=OCTOBER)
    User.objects.filter(pk=person("closed").pk).update(is_active=False)
    member(User.objects.get(username="closed"), aged.school_a, Role.CONTRIBUTOR)
    before = roles(B)
    applied(aged, merged(A, B))
    assert roles(B) - before == {
        ("lan", "contributor", SINCE_JULY),
        ("until", "contributor", f"{JULY} – {OCTOBER}"),
        ("to-come", "contributor", f"{OCTOBER} – "),
    }


def test_what_somebody_has_there_already_stays_as_it_is(aged: Cast) -> None:
    days: dict[str, Any] = {"valid_from": AUGUST, "valid_until": OCTOBER}
    members.grant(aged.lan, aged.school_b, Role.CONTRIBUTOR, **days)
    before = roles(B)
    made = applied(aged, merged(A, B))
    assert roles(B) == before
    applying.undo(made, aged.an)
    assert roles(B) == before


def test_administration_goes_along_only_where_nobody_administers(aged: Cast) -> None:
    member(person("admin-a"), aged.school_a, Role.ADMIN)
    before = roles(B)
    made = applied(aged, merged(A, B))
    assert roles(B) - before == {("lan", "contributor", SINCE_JULY)}
    applying.undo(made, aged.an)
    applied(aged, *renamed(aged))
    assert roles("moi") == {
        ("lan", "contributor", SINCE_JULY),
        ("admin-a", "admin", SINCE_JULY),
    }


def test_nobody_gives_themselves_a_role_by_it(aged: Cast) -> None:
    head = person("ha")
    member(head, aged.district, Role.ADMIN)
    member(head, aged.school_a, Role.CURATOR)
    before = roles(B)
    applied(aged, merged(A, B), by=head)
    assert roles(B) - before == {("lan", "contributor", SINCE_JULY)}


@pytest.mark.parametrize(
    "asks", [{"successors": (B, C)}, {}], ids=["split", "dissolved"]
)
def test_where_no_single_unit_follows_nobody_gets_anything(
    aged: Cast, asks: dict[str, Any]
) -> None:
    before = roles(B), roles(C), roles("dong-xoai")
    applied(aged, line(A, ends=True, **asks))
    assert (roles(B), roles(C), roles("dong-xoai")) == before


def test_they_follow_from_merger_to_merger(aged: Cast) -> None:
    made = applied(aged, merged(A, B), merged(B, C, AUGUST))
    assert {("lan", "contributor", f"{AUGUST} – ")} <= roles(C)
    assert {("hoa", "contributor", f"{AUGUST} – ")} <= roles(C)
    applying.undo(made, aged.an)
    assert {name for name, _role, _days in roles(C)} == {"bao"}
    assert {name for name, _role, _days in roles(B)} == {"hoa", "tu"}


def test_on_a_day_to_come_those_of_that_day_get_them(aged: Cast) -> None:
    made = plan(aged, merged(A, B, OCTOBER))
    assert applying.apply(made, aged.an) == State.WAITING
    before = roles(B)
    member(person("mai"), aged.school_a, Role.CONTRIBUTOR)
    members.revoke(aged.lan.memberships.get())
    assert roles(B) == before
    with time_machine.travel(NOW + datetime.timedelta(days=30), tick=False):
        assert applying.due() == 1
    assert roles(B) - before == {("mai", "contributor", f"{OCTOBER} – ")}


def test_undoing_takes_back_what_it_gave_and_is_logged(aged: Cast) -> None:
    before = roles(B)
    made = applied(aged, merged(A, B))
    applying.undo(made, aged.an)
    assert roles(B) == before
    assert not may(aged.lan, Right.ADD_CLIPS, UnitPage.objects.get(code=B))
    assert not aged.lan.groups.filter(unit_group__unit=aged.school_b).exists()
    (entry,) = PageLogEntry.objects.filter(action=member_log.ENDED, user=aged.an)
    assert entry.data["before"]["person"] == "Lan (lan)"


def test_undoing_leaves_what_somebody_changed_since(aged: Cast) -> None:
    made = applied(aged, merged(A, B))
    held = Membership.objects.get(user=aged.lan, unit=aged.school_b)
    held.valid_until = OCTOBER
    held.save()
    applying.undo(made, aged.an)
    assert ("lan", "contributor", f"{JULY} – {OCTOBER}") in roles(B)


def test_undoing_gives_back_the_days_of_a_role_that_was_over(aged: Cast) -> None:
    days: dict[str, Any] = {
        "valid_from": BIRTH,
        "valid_until": datetime.date(2031, 3, 1),
    }
    members.grant(aged.lan, aged.school_b, Role.CONTRIBUTOR, **days)
    before = roles(B)
    made = applied(aged, merged(A, B))
    assert ("lan", "contributor", SINCE_JULY) in roles(B)
    applying.undo(made, aged.an)
    assert roles(B) == before


def test_a_founded_unit_goes_again_with_the_roles_it_got(aged: Cast) -> None:
    groups = set(Group.objects.values_list("pk", flat=True))
    made = applied(aged, *renamed(aged))
    assert roles("moi")
    applying.undo(made, aged.an)
    assert not UnitPage.objects.filter(code="moi").exists()
    assert set(Group.objects.values_list("pk", flat=True)) == groups


def test_a_founded_unit_stays_when_a_role_was_changed_there(aged: Cast) -> None:
    made = applied(aged, *renamed(aged))
    Membership.objects.filter(unit__code="moi").update(valid_until=OCTOBER)
    with pytest.raises(RefusedError):
        applying.undo(made, aged.an)
    assert roles("moi")
