from __future__ import annotations

import pytest

from search.elasticsearch import client, mapping
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.facets import FACETS


def test_nothing_is_folded_by_the_node() -> None:
    analysis = mapping.settings()["analysis"]
    assert {one["tokenizer"] for one in analysis["analyzer"].values()} == {"whitespace"}
    assert set(analysis["filter"]) == {"neighbours"}


def test_every_facet_can_be_counted() -> None:
    fields = mapping.mappings()["properties"]["facets"]["properties"]
    assert set(FACETS) < set(fields)
    assert all(fields[facet]["type"] == "keyword" for facet in FACETS)


@pytest.mark.elasticsearch
def test_neighbours_are_paired_but_not_across_values(
    elasticsearch: ElasticsearchEngine,
) -> None:
    answer = client.writing().indices.analyze(
        index=Names("public").live, field="names.pairs", text=["toan hoc vui", "lop 10"]
    )
    assert [token["token"] for token in answer["tokens"]] == [
        "toan hoc",
        "hoc vui",
        "lop 10",
    ]
