from __future__ import annotations

from typing import Any

import pytest

from search.elasticsearch import client, rebuilding
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.errors import NotBuiltError
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, clip

pytestmark = pytest.mark.elasticsearch
PUBLIC = Names("public")


def whats(index: str) -> dict[str, Any]:
    client.writing().indices.refresh(index=index)
    hits = client.writing().search(index=index, size=100)["hits"]["hits"]
    return {hit["_id"]: hit["_source"] for hit in hits}


def test_nothing_is_written_where_there_is_no_index(node: str) -> None:
    missing = ElasticsearchEngine("missing")
    with pytest.raises(NotBuiltError):
        missing.put(clip(1, "A"))
    with pytest.raises(NotBuiltError):
        missing.remove(1)
    assert not client.writing().indices.get(index=Names("missing").every_filling).body


def test_what_is_removed_is_gone_at_once(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Toán"))
    ElasticsearchEngine().remove(1)
    assert ask(elasticsearch, Query("toan")).total == 0


def test_writes_go_to_what_is_being_built_too(elasticsearch: Engine) -> None:
    filling = rebuilding.begin(client.writing(), PUBLIC)
    elasticsearch.put(clip(1, "Toán", subject=MATHS))
    elasticsearch.put(clip(2, "Lí"))
    elasticsearch.remove(2)
    for index, clips in {
        PUBLIC.live: {"clip-1"},
        filling: {"clip-1", "clip-2"},
    }.items():
        written = whats(index)
        assert {pk for pk in written if pk.startswith("clip")} == clips
        assert len(written) == len(clips) + 1  # and the subject
    rebuilding.abandon(client.writing(), filling)
