from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from search.elasticsearch import client
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.errors import NotBuiltError, SearchUnavailableError
from search.index import ask
from search.models import Withheld
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip, cue

TOAN = as_typed(Query("toan"))


@pytest.mark.elasticsearch
def test_an_index_that_was_never_built_does_not_answer(node: str, db: None) -> None:
    missing = ElasticsearchEngine("missing")
    with pytest.raises(NotBuiltError):
        missing.find(TOAN)
    with pytest.raises(NotBuiltError):
        missing.suggest("toan", 5)
    with pytest.raises(NotBuiltError):
        missing.ready()


@pytest.mark.elasticsearch
def test_two_indexes_know_nothing_of_each_other(
    elasticsearch: ElasticsearchEngine,
) -> None:
    other = ElasticsearchEngine("other")
    other.rebuild([clip(1, "Toán khác")])
    elasticsearch.put(clip(2, "Toán"))
    assert [hit.id for hit in other.find(TOAN).hits] == [1]
    assert [hit.id for hit in elasticsearch.find(TOAN).hits] == [2]
    other.drop()
    assert [hit.id for hit in elasticsearch.find(TOAN).hits] == [2]


@pytest.mark.elasticsearch
def test_the_page_for_any_word_is_seen_where_nothing_has_all(
    elasticsearch: ElasticsearchEngine,
) -> None:
    for pk, title in enumerate(("Toán vui", "Toán và hình", "Hình học", "Hóa"), 1):
        elasticsearch.put(clip(pk, title, views=pk))
    for typed in ("toan hinh zzz", "toán hình học zzz"):
        question = as_typed(Query(typed))
        any_word = replace(question, any_word=True)
        found, some = elasticsearch.find(question), elasticsearch.find(any_word)
        assert (found.total, found.hits, found.partly) == (0, (), some.hits)
        assert {hit.id for hit in some.hits} == {1, 2, 3}
        assert next(elasticsearch.find_each([any_word], found.partly)) == some
    assert elasticsearch.find(as_typed(Query("toan hinh"))).partly == ()
    assert ask(elasticsearch, Query("zzz xyz")).partly == ()


@pytest.mark.elasticsearch
def test_a_check_leaves_no_index(
    elasticsearch: ElasticsearchEngine, settings: Any
) -> None:
    elasticsearch.check()
    pattern = f"{settings.ELASTICSEARCH_INDEX}.check*"
    assert not client.writing().indices.get(index=pattern).body


def test_nobody_there_is_said_in_our_words(settings: Any, db: None) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    gone = ElasticsearchEngine()
    for call in (
        lambda: gone.find(TOAN),
        lambda: gone.suggest("toan", 5),
        lambda: gone.put(clip(1, "A")),
        lambda: gone.remove(1),
        lambda: gone.rebuild([]),
        gone.check,
    ):
        with pytest.raises(SearchUnavailableError):
            call()


@pytest.mark.elasticsearch
def test_a_withheld_clip_shows_nowhere_though_the_node_still_has_it(
    elasticsearch: ElasticsearchEngine,
) -> None:
    elasticsearch.put(clip(1, "Toán kín", subject=MATHS, captions=(cue(1, "toán"),)))
    elasticsearch.put(clip(2, "Lí"))
    elasticsearch.withhold(1)
    elasticsearch.withhold(1)
    for query in (Query("toan"), Query("tosn kin"), Query("kins")):
        hits = ask(elasticsearch, query)
        assert (hits.total, hits.hits, hits.did_you_mean) == (0, (), None)
    browsed = ask(elasticsearch, Query())
    assert ([hit.id for hit in browsed.hits], browsed.total) == ([2], 1)
    assert browsed.facets["subject"] == browsed.facets["captions"] == ()
    assert elasticsearch.suggest("toan", 5) == elasticsearch.suggest("kin", 5) == ()
    assert elasticsearch.moments(1, Query("toan")) == ()
    there = client.writing().get(index=Names("public").live, id="clip-1")
    assert there["_source"]["shown"]["title"] == "Toán kín"

    elasticsearch.remove(1)
    assert not Withheld.objects.exists()


@pytest.mark.elasticsearch
def test_what_is_public_again_is_found_again(
    elasticsearch: ElasticsearchEngine,
) -> None:
    elasticsearch.put(clip(1, "Toán"))
    elasticsearch.withhold(1)
    elasticsearch.release(1)
    assert elasticsearch.find(TOAN).total == 1
