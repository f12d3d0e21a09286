from __future__ import annotations

from library.catalogue.branches import Branch, tree, without_lone_root
from search.results import FacetCount

PROVINCE = FacetCount("tinh", "Tỉnh đoàn", 5)
DISTRICT = FacetCount("dong-xoai", "Đồng Xoài", 3, "tinh")
OTHER = FacetCount("bu-dang", "Bù Đăng", 2, "tinh")
SCHOOL = FacetCount("hung-vuong", "Hùng Vương", 2, "dong-xoai")


def codes(branches: tuple[Branch, ...]) -> list[str]:
    return [branch.value.code for branch in branches]


def test_each_unit_stands_below_the_one_above_it() -> None:
    (province,) = tree([PROVINCE, DISTRICT, OTHER, SCHOOL])
    assert codes(province.below) == ["dong-xoai", "bu-dang"]
    assert codes(province.below[0].below) == ["hung-vuong"]
    assert province.codes == {"tinh", "dong-xoai", "bu-dang", "hung-vuong"}


def test_what_has_no_parent_here_is_a_root() -> None:
    assert codes(tree([SCHOOL, OTHER])) == ["hung-vuong", "bu-dang"]


def test_values_that_are_no_tree_stay_a_list() -> None:
    flat = [FacetCount("10", "Lớp 10", 1), FacetCount("11", "Lớp 11", 1)]
    assert codes(tree(flat)) == ["10", "11"]


def test_a_unit_that_names_itself_or_a_circle_hangs_nothing() -> None:
    circle = [FacetCount("a", "A", 1, "b"), FacetCount("b", "B", 1, "a")]
    assert codes(tree([*circle, OTHER])) == ["bu-dang"]


def test_a_root_that_stands_alone_is_left_out_unless_it_is_chosen() -> None:
    grown = tree([PROVINCE, DISTRICT, OTHER, SCHOOL])
    assert codes(without_lone_root(grown, ())) == ["dong-xoai", "bu-dang"]
    assert codes(without_lone_root(grown, ("tinh",))) == ["tinh"]


def test_of_one_school_only_the_school_is_left() -> None:
    assert codes(without_lone_root(tree([PROVINCE, DISTRICT, SCHOOL]), ())) == [
        "hung-vuong"
    ]
