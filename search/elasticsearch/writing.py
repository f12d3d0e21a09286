"""Writing records: as single changes, or by the hundred into a filling."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson
from elasticsearch import Elasticsearch

from search.documents import Record
from search.elasticsearch.client import PAUSES_S, TOO_MUCH, patiently
from search.elasticsearch.documents import (
    Document,
    clip_document,
    clip_id,
    gone,
    label_documents,
)
from search.elasticsearch.names import Names, fill
from search.errors import NotBuiltError, RebuildOvertakenError, SearchUnavailableError
from search.facets import FacetLabel, labels_of

Operations = list[dict[str, Any]]
# Far less than a node takes at once, and still hundreds of clips.
_BYTES_AT_ONCE = 2_000_000
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


class Creation(NamedTuple):
    """A document that is new to a filling, as it is sent."""

    pk: str
    lines: bytes

    @property
    def is_clip(self) -> bool:
        return self.pk.startswith("clip-")


class Filling:
    """Fills a new index; what was written to it meanwhile is newer and stays."""

    def __init__(self, client: Elasticsearch, filling: str) -> None:
        self._client = client
        self._alias = fill(filling)
        self._labels: set[FacetLabel] = set()

    def requests(self, records: Iterable[Record]) -> Iterator[list[Creation]]:
        """Each of about the same size, however much is said in the clips."""
        request: list[Creation] = []
        size = 0
        for creation in self._creations(records):
            request.append(creation)
            size += len(creation.lines)
            if size >= _BYTES_AT_ONCE:
                yield request
                request, size = [], 0
        if request:
            yield request

    def write(self, request: Sequence[Creation]) -> int:
        """How many of the clips were new. What the node refuses as too much comes again."""
        waiting, written = [*request], 0
        for pause_s in (*PAUSES_S, None):
            statuses = self._send(waiting)
            answered = list(zip(waiting, statuses, strict=True))
            written += sum(status == 201 and one.is_clip for one, status in answered)
            waiting = [one for one, status in answered if status == TOO_MUCH]
            if not waiting:
                return written
            if pause_s is not None:
                time.sleep(pause_s)
        raise SearchUnavailableError("Elasticsearch has too much in hand for too long")

    def _creations(self, records: Iterable[Record]) -> Iterator[Creation]:
        for record in records:
            labels = labels_of(record)
            fresh = [label for label in labels if label not in self._labels]
            self._labels.update(fresh)
            yield _creation(clip_id(record.id), clip_document(record, labels))
            for pk, body in label_documents(fresh):
                yield _creation(pk, body)

    def _send(self, request: Sequence[Creation]) -> list[int]:
        lines: list[Any] = [creation.lines for creation in request]
        answer = patiently(
            lambda: self._client.bulk(
                index=self._alias,
                operations=lines,
                require_alias=True,
                filter_path=["items.create.status", "items.create.error"],
            )
        )
        results = [item["create"] for item in answer["items"]]
        for result in results:
            if result["status"] == 404:
                raise RebuildOvertakenError("another rebuild of the search index began")
            if result["status"] not in {201, 409, TOO_MUCH}:
                raise SearchUnavailableError(f"Elasticsearch: {result['error']}")
        return [result["status"] for result in results]


def _creation(pk: str, body: Document) -> Creation:
    lines = (orjson.dumps({"create": {"_id": pk}}), orjson.dumps(body), b"")
    return Creation(pk, b"\n".join(lines))


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
