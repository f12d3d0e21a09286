"""Writing records: as single changes, or by the hundred into a filling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.documents import Record
from search.elasticsearch.client import patiently
from search.elasticsearch.documents import (
    clip_document,
    clip_id,
    gone,
    label_documents,
)
from search.elasticsearch.names import Names, fill
from search.errors import NotBuiltError, RebuildOvertakenError, SearchUnavailableError
from search.facets import FacetLabel, labels_of

Operations = list[dict[str, Any]]
# A swap may take the live index away between finding it and writing to it.
_TRIES = 3


def put(client: Elasticsearch, names: Names, record: Record) -> None:
    """Into what is built beside the live index first: it may take that one's place now."""
    labels = labels_of(record)
    documents = [
        (clip_id(record.id), clip_document(record, labels)),
        *label_documents(labels),
    ]
    _change(
        client,
        names,
        [*_index(names.building, documents)],
        [*_index(names.live, documents)],
    )


def remove(client: Elasticsearch, names: Names, record_id: int) -> None:
    """Seen at once. In a half-built index a mark stays: its old record may yet come."""
    pk = clip_id(record_id)
    mark = [*_index(names.building, [(pk, gone(record_id))])]
    _change(
        client,
        names,
        mark,
        [{"delete": {"_index": names.live, "_id": pk}}],
        refresh=True,
    )


class Filling:
    """Fills a new index; what was written to it meanwhile is newer and stays."""

    def __init__(self, client: Elasticsearch, filling: str) -> None:
        self._client = client
        self._alias = fill(filling)
        self._labels: set[FacetLabel] = set()

    def operations(self, records: Sequence[Record]) -> Operations:
        made: Operations = []
        for record in records:
            labels = labels_of(record)
            document = (clip_id(record.id), clip_document(record, labels))
            fresh = [label for label in labels if label not in self._labels]
            self._labels.update(fresh)
            for pk, body in (document, *label_documents(fresh)):
                made += [{"create": {"_id": pk}}, body]
        return made

    def write(self, operations: Operations) -> int:
        """How many of the clips were new."""
        answer = patiently(
            lambda: self._client.bulk(
                index=self._alias, operations=operations, require_alias=True
            )
        )
        results = [item["create"] for item in answer["items"]]
        for result in results:
            if result["status"] == 404:
                raise RebuildOvertakenError("another rebuild of the search index began")
            if result["status"] not in {201, 409}:
                raise SearchUnavailableError(f"Elasticsearch: {result['error']}")
        clips = [r for r in results if r["_id"].startswith("clip-")]
        return sum(result["status"] == 201 for result in clips)


def _change(
    client: Elasticsearch,
    names: Names,
    building: Operations,
    live: Operations,
    *,
    refresh: bool = False,
) -> None:
    """As many operations for the one as for the other, and in this order."""
    for _ in range(_TRIES):
        answer = client.bulk(operations=[*building, *live], refresh=refresh)
        were_there = [_was_there(item) for item in answer["items"]]
        if all(were_there[len(were_there) // 2 :]):
            return
    raise NotBuiltError(f"Elasticsearch has no index {names.live}")


def _was_there(item: dict[str, Any]) -> bool:
    """Whether there was an index to write to."""
    ((_, result),) = item.items()
    if "error" not in result:
        return True
    if result["status"] != 404:
        raise SearchUnavailableError(f"Elasticsearch: {result['error']}")
    return False


def _index(
    index: str, documents: Sequence[tuple[str, Any]]
) -> Iterator[dict[str, Any]]:
    for pk, body in documents:
        yield {"index": {"_index": index, "_id": pk, "require_alias": True}}
        yield body
