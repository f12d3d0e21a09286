"""A tree of units, of today or of another day."""

from __future__ import annotations

import datetime

from library.contributions.trees import Tree, Trees, tree_now, units
from library.units.models import UnitPage, UnitParent
from tests.cast import Cast

ORDER = {1: "a", 2: "b", 3: "c", 4: "d"}


def test_a_chain_goes_up_to_the_top() -> None:
    tree = Tree({1: None, 2: 1, 3: 2})
    assert tree.chain(3) == (3, 2, 1)
    assert tree.chain(1) == (1,)


def test_a_walk_shows_parents_before_children() -> None:
    tree = Tree({1: None, 2: 1, 3: 2, 4: 1})
    assert list(tree.walk(ORDER)) == [(1, 0), (2, 1), (3, 2), (4, 1)]


def test_a_loop_is_cut_and_nobody_is_lost() -> None:
    tree = Tree({1: 2, 2: 3, 3: 1, 4: 1})
    assert {unit for unit, _depth in tree.walk(ORDER)} == {1, 2, 3, 4}


def test_todays_tree_is_the_page_tree(cast: Cast) -> None:
    tree = tree_now(units())
    assert tree.parents[cast.province.pk] is None
    assert tree.chain(cast.school_a.pk) == (
        cast.school_a.pk,
        cast.district.pk,
        cast.province.pk,
    )


def test_a_change_begins_a_new_period(cast: Cast) -> None:
    UnitParent.objects.all().delete()
    first, second, third = (datetime.date(year, 7, 1) for year in (2021, 2025, 2026))
    school = UnitPage.objects.get(pk=cast.school_a.pk)
    spells = (
        (cast.other_district, first, second),
        (cast.province, second, third),
        (cast.district, third, None),
    )
    for parent, begins, ends in spells:
        UnitParent.objects.create(
            unit=school, parent=parent, valid_from=begins, valid_until=ends
        )
    trees = Trees(units())
    day = datetime.timedelta(days=1)
    days = (first - day, first, second - day, second, third - day, third)
    parents = [trees.of_period(trees.period_of(day)).parents[school.pk] for day in days]
    now, above, province = cast.district.pk, cast.other_district.pk, cast.province.pk
    assert parents == [now, above, above, province, province, now]
