"""Clips that editors put above the results of a question, by Wagtail's search promotions.

Wagtail compares letters in lower case. Here a promotion is for every spelling of its
words, and a word that both sides write with marks must have the same ones: what is
promoted for “toán” shows for `toan`, and not for “toàn”.
"""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.contrib.search_promotions.models import SearchPromotion

from search.queries import Query
from search.text import Token

MOST_SHOWN = 3


def promoted(query: Query) -> list[int]:
    """Ids of pages, in the editors' order, on the first page of the usual answer.

    Nothing is written: Wagtail's own template tag keeps a row of whatever is asked.
    """
    asked = query.words
    if not asked or query.filters or query.offset or query.sort != "relevance":
        return []
    rows = SearchPromotion.objects.filter(page__live=True).order_by("sort_order", "pk")
    fitting = (
        page
        for words, page in rows.values_list("query__query_string", "page")
        if _is_same(asked, Query(words).words)
    )
    return list(_once(fitting))[:MOST_SHOWN]


def _is_same(asked: tuple[Token, ...], promised: tuple[Token, ...]) -> bool:
    return len(asked) == len(promised) and all(
        one.folded == other.folded
        and (one.key == other.key or not (one.marked and other.marked))
        for one, other in zip(asked, promised, strict=True)
    )


def _once(pages: Iterator[int]) -> Iterator[int]:
    yield from dict.fromkeys(pages)
