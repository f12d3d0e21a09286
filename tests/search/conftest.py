"""The engine under test: each test that takes it runs once for every engine at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from elasticsearch import Elasticsearch

from search.documents import Record
from search.elasticsearch import client
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.embedded.engine import EmbeddedEngine
from search.index import Engine


class SeenAtOnce(ElasticsearchEngine):
    """What is put is found without waiting for the next second."""

    def put(self, record: Record) -> None:
        super().put(record)
        client.writing().indices.refresh(index=Names(self.index).every_filling)


@pytest.fixture(
    params=[
        pytest.param("sqlite"),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    ]
)
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    if request.param == "elasticsearch":
        return request.getfixturevalue("elasticsearch")
    if connection.vendor != request.param:
        pytest.skip(f"this run is on {connection.vendor}")
    return EmbeddedEngine()


# Of this process; several may run on one node.
_INDEX = f"test-{uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def node_address() -> Iterator[str]:
    """The node of the tests; nothing of ours stays on it."""
    address = os.environ["ELASTICSEARCH_TEST_URL"]
    yield address
    with Elasticsearch(address) as node:
        for name in node.indices.get(index=f"{_INDEX}*").body:
            node.indices.delete(index=name)


@pytest.fixture
def node(settings: Any, node_address: str) -> str:
    settings.ELASTICSEARCH_URL = node_address
    settings.ELASTICSEARCH_TIMEOUT_MS = 60_000  # other tests run beside
    settings.ELASTICSEARCH_INDEX = _INDEX
    return node_address


@pytest.fixture
def elasticsearch(node: str, db: None) -> ElasticsearchEngine:
    """Empty: emptying an index takes less time than making one."""
    engine, alias = SeenAtOnce(), Names("public").live
    writer = client.writing()
    if not writer.indices.exists_alias(name=alias):
        engine.rebuild([])
    found = writer.search(index=alias, size=1_000, source=False)["hits"]["hits"]
    if found:
        gone = [{"delete": {"_id": hit["_id"]}} for hit in found]
        writer.bulk(index=alias, operations=gone, refresh=True)
    return engine
