"""Several searches in one request, and which labels lead to a clip."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl.query import Bool, Term

from search.elasticsearch.matching import withheld
from search.errors import NotBuiltError, SearchUnavailableError

Hits = list[dict[str, Any]]
# Facet, code and name.
Named = tuple[str, str, str]


def answers(
    client: Elasticsearch,
    index: str,
    searches: Sequence[dict[str, Any]],
    *,
    are_common: bool = False,
) -> list[dict[str, Any]]:
    """One to each, in one request. Common ones the node keeps until the index changes;
    of others only those without hits."""
    header = {"request_cache": True} if are_common else {}
    lines = [line for body in searches for line in (header, body)]
    found = client.msearch(index=index, searches=lines)["responses"]
    if errors := [answer for answer in found if "error" in answer]:
        is_missing = errors[0]["status"] == 404
        kind = NotBuiltError if is_missing else SearchUnavailableError
        raise kind(f"Elasticsearch: {errors[0]['error']}")
    return list(found)


def several(
    client: Elasticsearch,
    index: str,
    searches: Sequence[dict[str, Any]],
    *,
    are_common: bool = False,
) -> list[Hits]:
    """The hits of each."""
    found = answers(client, index, searches, are_common=are_common)
    return [one["hits"]["hits"] for one in found]


def carried(
    client: Elasticsearch,
    index: str,
    labels: Sequence[Named],
    hidden: Collection[int],
) -> Iterator[Named]:
    """Only labels that a clip carries: others are of clips that were withdrawn."""
    if not labels:
        return
    carriers = [
        Bool(filter=[Term(**{f"facets.{facet}": code})], must_not=withheld(hidden))
        for facet, code, _ in labels
    ]
    # One is enough; without hits the node keeps the answer until the index changes.
    searches = [
        {"query": query.to_dict(), "size": 0, "track_total_hits": 1}
        for query in carriers
    ]
    for label, answer in zip(labels, answers(client, index, searches), strict=True):
        if answer["hits"]["total"]["value"]:
            yield label
