from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from search.text import tokens
from search.weights import (
    BEGINS_TITLE,
    FIELDS,
    MARKS_ANYWHERE,
    NEIGHBOURS_ANYWHERE,
    WHOLE_TITLE,
    WISH_HELD,
    freshness,
    lift,
    marks_are_meant,
    popularity,
)
from tests.search.clips import clip


def test_every_worth_is_a_whole_number_and_a_lift_less_than_one() -> None:
    worths = [
        *(MARKS_ANYWHERE, NEIGHBOURS_ANYWHERE, WISH_HELD, WHOLE_TITLE, BEGINS_TITLE),
        *(worth for part in FIELDS for worth in (part.word, part.marks, part.pair)),
        *(worth for part in FIELDS for worth in (part.other_marks, part.exactly)),
    ]
    assert {type(worth) for worth in worths} == {int}
    assert min(worths) > 0
    newest = datetime(2999, 1, 1, tzinfo=UTC)
    assert lift(clip(1, "A", views=10**12, published_at=newest)) < 1


def test_a_better_place_is_worth_more_than_all_worse_ones_together() -> None:
    worth = [part.word for part in FIELDS]
    for at, value in enumerate(worth):
        assert value > sum(worth[at + 1 :])


def test_exact_marks_outweigh_a_better_place() -> None:
    assert sum(part.word for part in FIELDS) <= MARKS_ANYWHERE


def test_one_more_word_held_is_worth_more_than_the_best_place_of_another() -> None:
    # Two words next to each other, with the marks of both, in what they stand for.
    places = sum(part.word + part.marks + 3 * part.pair for part in FIELDS)
    anywhere = MARKS_ANYWHERE + NEIGHBOURS_ANYWHERE + WHOLE_TITLE + BEGINS_TITLE
    assert places + anywhere < WISH_HELD


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoa hoc", False),
        ("hoa học", False),
        ("hoa học trò", True),
        ("hóa hoc 11", False),
        ("học trò", True),
        ("toan học trò vui xxx", False),
    ],
)
def test_bare_words_are_meant_bare_where_most_are_marked(
    typed: str, meant: bool
) -> None:
    assert marks_are_meant(tokens(typed)) is meant


def test_a_lift_is_less_than_one_and_mostly_popularity() -> None:
    old, new = (datetime(year, 1, 1, tzinfo=UTC) for year in (2016, 2024))
    seen = [lift(clip(1, "A", views=n, published_at=old)) for n in (0, 100, 10**9)]
    assert 0 < seen[0] < seen[1] < seen[2] < 1
    later = lift(clip(1, "A", views=0, published_at=new))
    assert seen[0] < later < seen[1]
    assert lift(clip(1, "A", published_at=None)) == 0


def test_freshness_grows_by_the_year_and_is_bounded() -> None:
    years = [datetime(year, 1, 1, tzinfo=UTC) for year in (1990, 2015, 2020, 2025)]
    fresh = [freshness(year) for year in years]
    assert fresh[:2] == [0, 0]
    assert abs((fresh[3] - fresh[2]) - fresh[2]) < 0.001
    assert freshness(datetime(2999, 1, 1, tzinfo=UTC)) == 1


def test_popularity_grows_gently_and_ends_at_one() -> None:
    steps = [popularity(views) for views in (-1, 0, 10, 100, 1000, 10**9)]
    assert steps[0] == steps[1] == 0
    assert steps[-1] == 1
    assert all(lower <= higher for lower, higher in pairwise(steps))
