"""The page of one reorganisation: reasons beside their lines, effects where there are none."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from library.reorganising import applying
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation, State
from library.reorganising.screen import screen_of
from library.units.models import Role
from tests.cast import Cast, member, person

TODAY = datetime.date.today()  # noqa: DTZ011 - the day of the units' own rows


def plan(cast: Cast, code: str, **asks: Any) -> Reorganisation:
    made = Reorganisation(name="Sắp xếp", on=TODAY, made_by=cast.an)
    made.asked = [Line(number=4, code=code, on=TODAY, **asks)]
    made.save()
    return made


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


def test_a_good_draft_has_effects_and_may_be_applied(cast: Cast) -> None:
    screen = screen_of(plan(cast, "thpt-dong-xoai", parent="bu-dang"), cast.an)
    assert screen.may_apply
    assert screen.refused == 0
    assert screen.effects is not None
    assert screen.lines[0].name == "Đoàn trường THPT Đồng Xoài"


def test_a_wrong_line_has_its_reason_and_nothing_may_be_applied(cast: Cast) -> None:
    screen = screen_of(plan(cast, "khong-co", parent="bu-dang"), cast.an)
    assert not screen.may_apply
    assert screen.refused == 1
    assert screen.lines[0].reasons


def test_a_line_about_others_units_is_refused_to_their_neighbour(
    cast: Cast, head: User
) -> None:
    row = plan(cast, "thpt-dong-xoai", parent="bu-dang")
    screen = screen_of(row, head)
    assert not screen.may_apply
    assert not screen.is_allowed
    assert screen.lines[0].reasons


def test_one_that_was_applied_tells_what_it_did(cast: Cast) -> None:
    row = plan(cast, "thpt-dong-xoai", parent="bu-dang")
    applying.apply(row, cast.an)
    row.refresh_from_db()
    screen = screen_of(row, cast.an)
    assert not screen.is_open
    assert screen.effects is not None
    assert [unit.code for unit in screen.effects.units] == ["thpt-dong-xoai"]


@pytest.mark.parametrize("carries", [True, False])
def test_it_counts_the_roles_that_go_along_or_could(
    cast: Cast, *, carries: bool
) -> None:
    row = plan(cast, "thpt-dong-xoai", ends=True, successors=("thpt-hung-vuong",))
    row.carries_roles = carries
    row.save()
    screen = screen_of(row, cast.an)
    assert screen.effects is not None
    assert screen.roles == 1
    given = [one.account for one in screen.effects.people if one.is_given]
    assert given == ["lan"] * carries
    applying.apply(row, cast.an)
    row.refresh_from_db()
    assert screen_of(row, cast.an).roles == int(carries)


def test_of_what_waits_the_roles_are_those_of_whoever_set_it(
    cast: Cast, head: User
) -> None:
    """They alone get none by it, whoever looks."""
    member(head, cast.school_a, Role.CURATOR)
    row = plan(cast, "thpt-dong-xoai", ends=True, successors=("thpt-hung-vuong",))
    row.state, row.applied_by = State.WAITING, head
    row.save()
    assert screen_of(row, cast.an).roles == 1
    row.state = State.DRAFT
    row.save()
    assert screen_of(row, cast.an).roles == 2
