from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, ConnectionTimeout

from search.elasticsearch import client
from search.errors import NotBuiltError, SearchUnavailableError


def test_readers_wait_less_than_writers(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    assert settings.ELASTICSEARCH_TIMEOUT_MS / 1000 < client.WRITE_S
    assert client.reading().transport is client.writing().transport


@pytest.mark.elasticsearch
def test_what_is_not_there_is_not_built_yet(node: str) -> None:
    with pytest.raises(NotBuiltError), client.plainly():
        client.reading().search(index="nowhere")


@pytest.mark.elasticsearch
def test_a_request_that_is_refused_says_why(node: str) -> None:
    with pytest.raises(SearchUnavailableError, match="parsing"), client.plainly():
        client.reading().search(query={"no_such_query": {}})


def test_nobody_there_is_unavailable(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    with pytest.raises(SearchUnavailableError), client.plainly():
        client.reading().info()


def test_other_errors_are_nobody_elses_business() -> None:
    with pytest.raises(ZeroDivisionError), client.plainly():
        raise ZeroDivisionError
    with pytest.raises(SearchUnavailableError), client.plainly():
        raise ConnectionTimeout("slow")


def busy(status: int, times: int) -> Iterator[ApiError | None]:
    head = HttpHeaders({})
    node = NodeConfig("http", "127.0.0.1", 1)
    meta = ApiResponseMeta(status, "1.1", head, 0.0, node)
    yield from [ApiError("busy", meta, {})] * times
    yield None


def asked(answers: Iterator[ApiError | None]) -> str:
    if error := next(answers):
        raise error
    return "done"


def test_a_node_that_is_too_busy_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "PAUSES_S", (0.0, 0.0))
    often, too_often, broken = busy(429, 2), busy(429, 3), busy(400, 1)
    assert client.patiently(lambda: asked(often)) == "done"
    with pytest.raises(ApiError):
        client.patiently(lambda: asked(too_often))
    with pytest.raises(ApiError):
        client.patiently(lambda: asked(broken))
    assert next(broken) is None
