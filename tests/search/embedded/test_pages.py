from __future__ import annotations

import pytest

from search.embedded import generations
from search.embedded.matching import matches
from search.embedded.pages import page
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from search.results import Hit
from tests.search.clips import clip


def hits(query: Query) -> tuple[Hit, ...]:
    shelf, question = generations.reading("public"), as_typed(query)
    assert shelf is not None
    return page(matches(question, shelf))


@pytest.mark.parametrize("query", [Query(), Query("toan", sort="newest")])
def test_where_words_do_not_decide_all_score_alike(
    engine: Engine, query: Query
) -> None:
    for pk in (2, 3, 1):
        engine.put(clip(pk, "Toán", views=100 // pk))
    shown = [(hit.id, hit.score) for hit in hits(query)]
    assert shown == [(3, 0.0), (2, 0.0), (1, 0.0)]


def test_a_page_of_nothing_is_empty(engine: Engine) -> None:
    engine.put(clip(1, "Toán"))
    assert hits(Query("van")) == hits(Query("toan", offset=1)) == ()


def test_a_clip_without_a_date_comes_last(engine: Engine) -> None:
    engine.put(clip(9, "Toán", published_at=None))
    engine.put(clip(1, "Toán"))
    assert [hit.id for hit in hits(Query())] == [1, 9]
