from __future__ import annotations

import pytest

from search.elasticsearch import client
from search.elasticsearch.names import Names
from search.elasticsearch.pages import counting, order_of, page
from search.index import Engine, ask
from search.queries import DEEPEST_OFFSET, Query
from search.questions import Question, as_typed
from tests.search.clips import clip, cue


def test_browsing_is_in_the_order_of_time_unless_another_is_asked_for() -> None:
    assert order_of(as_typed(Query())) == "newest"
    assert order_of(as_typed(Query(sort="views"))) == "views"
    assert order_of(as_typed(Query("toan"))) == "relevance"


def test_a_page_and_nothing_but_what_is_shown_is_asked_for() -> None:
    body = page(as_typed(Query("toan", limit=5, offset=10)), ())
    assert (body["from"], body["size"]) == (10, 5)
    assert body["_source"] == ["clip", "shown"]
    assert body["track_total_hits"] is False
    assert "aggs" not in body


def test_what_is_counted_is_the_same_on_all_pages_in_all_orders() -> None:
    orders = [Query("toan", offset=10), Query("toan", sort="views"), Query("toan")]
    bodies = [counting(as_typed(query), ()) for query in orders]
    assert bodies[0] == bodies[1] == bodies[2]
    assert (bodies[0]["size"], bodies[0]["track_total_hits"]) == (0, True)
    assert "post_filter" not in bodies[0]


def test_facets_narrow_the_page_at_once_and_after_counting() -> None:
    question = as_typed(Query("toan", {"subject": ("toan",)}))
    assert "facets.subject" in str(page(question, ())["query"])
    counted = counting(question, ())
    assert "facets.subject" in str(counted["post_filter"])
    assert "facets.subject" not in str(counted["query"])


def test_what_is_no_word_matches_nothing() -> None:
    for search in (page, counting):
        body = search(Question(Query("?"), ()), ())
        assert body["query"] == {"match_none": {}}


@pytest.mark.elasticsearch
@pytest.mark.parametrize("typed", ["toan", "toan hoc"])
def test_cues_are_looked_for_in_the_clips_that_are_shown_alone(
    elasticsearch: Engine, typed: str
) -> None:
    elasticsearch.put(clip(1, "Toán học", captions=(cue(1, "toán học"),)))
    body = page(as_typed(Query(typed)), ()) | {"profile": True}
    answer = client.reading().search(index=Names("public").live, body=body)
    (hit,) = answer["hits"]["hits"]
    assert hit["inner_hits"]["said"]["hits"]["total"]["value"] == 1
    (shard,) = answer["profile"]["shards"]
    assert "captions" not in str(shard["searches"])


@pytest.mark.elasticsearch
def test_the_deepest_page_is_answered(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Toán"))
    hits = ask(elasticsearch, Query("toan", offset=DEEPEST_OFFSET * 9, limit=900))
    assert (hits.total, hits.hits) == (1, ())
