"""What the log of acts tells of roles."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageLogEntry

from library.audit import changes
from library.units import member_log, members
from library.units.models import Role
from tests.cast import Cast

DAY = datetime.date(2026, 9, 5)


def newest(cast: Cast) -> PageLogEntry:
    return PageLogEntry.objects.filter(page=cast.school_a).latest("pk")


def told(entry: PageLogEntry) -> list[str]:
    return [str(change) for change in changes.of(entry)]


def test_a_role_that_is_given_is_told_whole(cast: Cast) -> None:
    with override("en"):
        members.grant(cast.nam, cast.school_a, Role.CURATOR, valid_from=DAY, by=cast.an)
    entry = newest(cast)
    assert (entry.action, entry.user) == (member_log.GIVEN, cast.an)
    assert entry.message == "Đã trao vai trò: Nam (nam), người duyệt"
    assert told(entry) == [
        "người: – → Nam (nam)",
        "vai trò: – → người duyệt",
        "từ ngày: – → 05/09/2026",
    ]


def test_other_days_are_told_before_and_after(cast: Cast) -> None:
    held = cast.lan.memberships.get()
    later = DAY + datetime.timedelta(400)
    members.grant(
        cast.lan, held.unit, Role(held.role), valid_from=DAY, valid_until=later
    )
    assert newest(cast).action == member_log.CHANGED
    assert told(newest(cast)) == [
        "từ ngày: 01/01/2021 → 05/09/2026",
        "đến ngày: – → 10/10/2027",
    ]


def test_an_end_by_any_way_is_told_as_an_end(cast: Cast) -> None:
    held = cast.lan.memberships.get()
    members.revoke(held)
    assert newest(cast).action == member_log.ENDED
    members.grant(cast.lan, held.unit, Role(held.role), valid_from=DAY)
    assert newest(cast).action == member_log.GIVEN
    members.grant(
        cast.lan,
        held.unit,
        Role(held.role),
        valid_from=held.valid_from,
        valid_until=timezone.localdate(),
    )
    assert newest(cast).action == member_log.ENDED


def test_nothing_is_told_where_nothing_changed(cast: Cast) -> None:
    before = PageLogEntry.objects.count()
    held = cast.lan.memberships.get()
    members.grant(cast.lan, held.unit, Role(held.role), valid_from=held.valid_from)
    assert PageLogEntry.objects.count() == before


@pytest.mark.parametrize("data", [{}, {"after": {}}])
def test_an_entry_that_lacks_its_data_is_still_told(
    cast: Cast, data: dict[str, object]
) -> None:
    entry = PageLogEntry(action=member_log.ENDED, data=data)
    assert "Đã kết thúc vai trò" in entry.message


def test_a_role_that_is_taken_back_is_told_as_it_was(cast: Cast) -> None:
    held = members.grant(cast.nam, cast.school_a, Role.CURATOR, valid_from=DAY)
    members.take_back(held, cast.an)
    entry = newest(cast)
    assert (entry.action, entry.user) == (member_log.ENDED, cast.an)
    assert entry.message == "Đã kết thúc vai trò: Nam (nam), người duyệt"
    assert told(entry)[2] == "từ ngày: 05/09/2026 → –"
