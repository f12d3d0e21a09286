from __future__ import annotations

from typing import Any

import pytest

from search.elasticsearch import client
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.errors import NotBuiltError, SearchUnavailableError
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import clip

TOAN = as_typed(Query("toan"))


@pytest.mark.elasticsearch
def test_an_index_that_was_never_built_does_not_answer(node: str) -> None:
    missing = ElasticsearchEngine("missing")
    with pytest.raises(NotBuiltError):
        missing.find(TOAN)
    with pytest.raises(NotBuiltError):
        missing.suggest("toan", 5)


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
def test_a_check_leaves_no_index(elasticsearch: ElasticsearchEngine) -> None:
    elasticsearch.check()
    pattern = f"{Names('check').live}*"
    assert not client.writing().indices.get(index=pattern).body


def test_nobody_there_is_said_in_our_words(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    gone = ElasticsearchEngine()
    for ask in (
        lambda: gone.find(TOAN),
        lambda: gone.suggest("toan", 5),
        lambda: gone.put(clip(1, "A")),
        lambda: gone.remove(1),
        lambda: gone.rebuild([]),
        gone.check,
    ):
        with pytest.raises(SearchUnavailableError):
            ask()
