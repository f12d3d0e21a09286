from __future__ import annotations

import time
from typing import Any

import pytest

from search.elasticsearch import client, rebuilding
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.elasticsearch.writing import Filling
from search.errors import NotBuiltError, SearchUnavailableError
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, clip, cue

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


def test_requests_are_of_about_one_size_however_much_is_said(node: str) -> None:
    filling = Filling(client.building(), "nowhere")
    long_talk = tuple(cue(second, "nói " * 200) for second in range(1_000))
    talks = [clip(pk, "A", captions=long_talk) for pk in range(3)]
    short = [clip(pk, "A") for pk in range(100)]
    for records, clips in ((talks, [1, 1, 1]), (short, [100])):
        requests = filling.requests(records)
        assert [sum(one.is_clip for one in each) for each in requests] == clips


def test_what_the_node_refuses_as_too_much_is_sent_again(
    elasticsearch: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = rebuilding.begin(client.writing(), PUBLIC)
    filling = Filling(client.building(), index)
    (request,) = filling.requests([clip(1, "A"), clip(2, "B")])
    assert filling.write(request[:1]) == 1
    _refuse_writes(index, True)
    monkeypatch.setattr(time, "sleep", lambda _pause_s: _refuse_writes(index, False))
    assert filling.write(request) == 1
    assert set(whats(index)) == {"clip-1", "clip-2"}
    rebuilding.abandon(client.writing(), index)


def test_a_node_that_never_has_room_is_unavailable(
    elasticsearch: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = rebuilding.begin(client.writing(), PUBLIC)
    filling = Filling(client.building(), index)
    _refuse_writes(index, True)
    monkeypatch.setattr(time, "sleep", lambda _pause_s: None)
    (request,) = filling.requests([clip(1, "A")])
    with pytest.raises(SearchUnavailableError):
        filling.write(request)
    rebuilding.abandon(client.writing(), index)


def _refuse_writes(index: str, refused: bool) -> None:
    """As a node does whose disk is full: the answer is that it has too much in hand."""
    blocks = {"index.blocks.read_only_allow_delete": refused or None}
    client.writing().indices.put_settings(index=index, settings=blocks)
