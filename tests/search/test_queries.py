from __future__ import annotations

import pytest

from search.errors import BadQueryError, UnknownFacetError, UnknownSortError
from search.queries import (
    DEEPEST_OFFSET,
    LARGEST_PAGE,
    LONGEST_TEXT,
    MOST_WORDS,
    Query,
)


def test_an_unknown_facet_fails_loudly() -> None:
    with pytest.raises(UnknownFacetError, match="colour"):
        Query("toan", {"subject": ("toan",), "colour": ("red",)})


def test_an_unknown_order_fails_loudly() -> None:
    with pytest.raises(UnknownSortError, match="random"):
        Query("toan", sort="random")
    assert issubclass(UnknownSortError, BadQueryError)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((20, 40), (20, 40)),
        ((0, -1), (1, 0)),
        ((10**9, 10**9), (LARGEST_PAGE, DEEPEST_OFFSET)),
    ],
)
def test_a_page_is_cut_to_the_bounds(
    asked: tuple[int, int], given: tuple[int, int]
) -> None:
    query = Query(limit=asked[0], offset=asked[1])
    assert (query.limit, query.offset) == given


def test_a_long_text_is_cut() -> None:
    query = Query(" ".join(f"tu{number}" for number in range(5000)))
    assert len(query.text) == LONGEST_TEXT
    assert len(query.words) == MOST_WORDS


def test_each_word_counts_once_and_keeps_its_marks() -> None:
    words = Query("hoa hồng hoá hoa").words
    assert [(word.folded, word.text) for word in words] == [
        ("hoa", "hoá"),
        ("hong", "hồng"),
    ]


def test_blank_text_browses_and_text_without_words_does_not() -> None:
    assert Query(" \u200b\n").is_browsing
    assert not Query("🙂").is_browsing


def test_choices_are_kept_from_change_and_empty_ones_dropped() -> None:
    filters = {"grade": ("10",), "unit": ()}
    query = Query(filters=filters)
    filters["grade"] = ("11",)
    assert dict(query.filters) == {"grade": ("10",)}
