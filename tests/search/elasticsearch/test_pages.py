from __future__ import annotations

import pytest

from search.elasticsearch.pages import order_of, request
from search.index import Engine, ask
from search.queries import DEEPEST_OFFSET, Query
from search.questions import as_typed
from tests.search.clips import clip


def test_browsing_is_in_the_order_of_time_unless_another_is_asked_for() -> None:
    assert order_of(as_typed(Query())) == "newest"
    assert order_of(as_typed(Query(sort="views"))) == "views"
    assert order_of(as_typed(Query("toan"))) == "relevance"


def test_a_page_and_nothing_but_what_is_shown_is_asked_for() -> None:
    body = request(as_typed(Query("toan", limit=5, offset=10)), ())
    assert (body["from"], body["size"]) == (10, 5)
    assert body["_source"] == ["clip", "shown"]
    assert body["track_total_hits"] is True
    assert "post_filter" not in body


def test_facets_narrow_after_counting() -> None:
    body = request(as_typed(Query("toan", {"subject": ("toan",)})), ())
    assert "facets.subject" in str(body["post_filter"])
    assert "facets.subject" not in str(body["query"])


@pytest.mark.elasticsearch
def test_the_deepest_page_is_answered(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Toán"))
    hits = ask(elasticsearch, Query("toan", offset=DEEPEST_OFFSET * 9, limit=900))
    assert (hits.total, hits.hits) == (1, ())
