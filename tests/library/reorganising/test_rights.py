"""Who may reorganise what: superusers, and admins of the unit that holds all concerned."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation
from library.reorganising.rights import forbidden, holder_of, visible_to
from library.units.models import Role
from tests.cast import Cast, member, person

DAY = datetime.date(2030, 1, 1)


def line(code: str, **asks: Any) -> Line:
    return Line(number=1, code=code, on=DAY, **asks)


INSIDE = (
    line("thpt-dong-xoai", name="Tên khác"),
    line("thpt-dong-xoai", successors=("thpt-hung-vuong",), ends=True),
    line("moi", founds=True, name="Mới", kind="school", parent="dong-xoai"),
    line("thpt-hung-vuong", ends=True),
)
OUTSIDE = (
    line("dong-xoai", name="Tên khác"),
    line("dong-xoai", ends=True),
    line("thpt-dong-xoai", parent="bu-dang"),
    line("thpt-bu-dang", parent="dong-xoai"),
    line("thpt-dong-xoai", successors=("thpt-bu-dang",), ends=True),
    line("moi", founds=True, name="Mới", kind="school", parent="*"),
    line("thpt-dong-xoai", parent="*"),
    line("binh-phuoc", name="Tên khác"),
)


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


@pytest.mark.parametrize("asked", INSIDE)
def test_an_admin_reorganises_what_lies_below_the_unit(head: User, asked: Line) -> None:
    assert not list(forbidden([asked], head))


@pytest.mark.parametrize("asked", OUTSIDE)
def test_but_neither_the_unit_itself_nor_what_lies_elsewhere(
    head: User, cast: Cast, asked: Line
) -> None:
    assert [problem.line for problem in forbidden([asked], head)] == [1]
    assert not list(forbidden([asked], cast.an))


def test_one_without_a_role_reorganises_nothing(cast: Cast) -> None:
    for user in (cast.nam, cast.lan, cast.minh):
        assert list(forbidden([INSIDE[0]], user))


def test_the_holder_is_the_lowest_unit_that_holds_all(cast: Cast) -> None:
    inside, across = [INSIDE[0]], [line("thpt-dong-xoai", parent="bu-dang")]
    assert holder_of(inside) == cast.district
    assert holder_of(across) == cast.province
    assert holder_of([line("binh-phuoc", name="Khác")]) is None
    assert holder_of([line("moi", founds=True, parent="*")]) is None
    assert holder_of([line("khong-co", parent="dau")]) is None


def test_plans_are_seen_by_those_who_administer_their_units(
    cast: Cast, head: User
) -> None:
    def made(name: str, within: Any, by: User) -> Reorganisation:
        return Reorganisation.objects.create(
            name=name, on=DAY, within=within, made_by=by
        )

    made("trong huyện", cast.district, cast.an)
    made("của tỉnh", cast.province, cast.an)
    made("của tôi", None, head)
    made("của người khác", None, cast.lan)
    names = {plan.name for plan in visible_to(head)}
    assert names == {"trong huyện", "của tôi"}
    assert visible_to(cast.an).count() == 4
    assert not visible_to(cast.lan).exists()
