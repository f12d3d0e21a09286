from __future__ import annotations

import pytest

from search.embedded.models import Document
from search.embedded.pages import page
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import clip


@pytest.mark.parametrize("query", [Query(), Query("toan", sort="newest")])
def test_where_words_do_not_decide_all_score_alike(
    engine: Engine, query: Query
) -> None:
    for pk in (2, 3, 1):
        engine.put(clip(pk, "Toán", views=100 // pk))
    hits = page(as_typed(query), Document.objects.all())
    assert [(hit.id, hit.score) for hit in hits] == [(3, 0.0), (2, 0.0), (1, 0.0)]


def test_a_page_of_nothing_is_empty(engine: Engine) -> None:
    assert page(as_typed(Query("toan")), Document.objects.none()) == ()
    assert page(as_typed(Query("toan")), Document.objects.all()) == ()


def test_a_clip_without_a_date_comes_last(engine: Engine) -> None:
    engine.put(clip(9, "Toán", published_at=None))
    engine.put(clip(1, "Toán"))
    assert [hit.id for hit in page(as_typed(Query()), Document.objects.all())] == [1, 9]
