"""Who decides is computed from tree paths alone."""

from __future__ import annotations

from library.review.deciders import Curators, at_level, is_beyond, levels

CLIP = "0001000100010001"
CURATORS: Curators = {
    "0001": frozenset({1}),
    "000100010001": frozenset({2, 3}),
    "000100010002": frozenset({9}),
}


def test_the_nearest_unit_comes_first() -> None:
    found = levels(CLIP, CURATORS, never=())
    assert [each.people for each in found] == [frozenset({2, 3}), frozenset({1})]


def test_the_clips_own_people_are_left_out() -> None:
    assert levels(CLIP, CURATORS, never={2})[0].people == {3}
    assert levels(CLIP, CURATORS, never={2, 3})[0].people == {1}
    assert levels(CLIP, CURATORS, never={1, 2, 3}) == []


def test_a_level_beyond_the_top_is_skipped_before_it_begins() -> None:
    found = levels(CLIP, CURATORS, never=())
    assert [is_beyond(found, level) for level in (1, 2, 3)] == [False, False, True]
    assert not is_beyond([], 1)  # waits for a superuser
    assert is_beyond([], 2)


def test_a_step_under_way_falls_to_the_highest_left() -> None:
    found = levels(CLIP, CURATORS, never={1})
    decides = at_level(found, 2)
    assert decides is not None
    assert decides.people == {2, 3}
    assert at_level([], 1) is None
