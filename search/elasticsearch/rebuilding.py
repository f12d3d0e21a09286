"""A new filling beside the live one, and the swap of one alias."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.documents import Record
from search.elasticsearch import mapping
from search.elasticsearch.names import Names, fill
from search.elasticsearch.writing import Filling
from search.errors import RebuildOvertakenError

_REQUESTS_AT_ONCE = 2
_GONE_AT_ONCE = 5_000


def rebuild(client: Elasticsearch, names: Names, records: Iterable[Record]) -> int:
    filling = begin(client, names)
    try:
        written = _fill(Filling(client, filling), records)
        swap(client, names, filling)
    except BaseException:
        abandon(client, filling)
        raise
    return written


def begin(client: Elasticsearch, names: Names) -> str:
    """An empty filling to which writes go too; one that another rebuild left, or is still
    at, goes."""
    filling = names.new_filling()
    client.indices.create(
        index=filling,
        settings=mapping.settings() | mapping.WHILE_FILLED,
        mappings=mapping.mappings(),
        aliases={fill(filling): {}},
    )
    before = _fillings(client, names) - _live(client, names) - {filling}
    _change_aliases(
        client,
        {"add": {"index": filling, "alias": names.building}},
        *({"remove_index": {"index": name}} for name in sorted(before)),
    )
    return filling


def swap(client: Elasticsearch, names: Names, filling: str) -> None:
    """From here on the new filling is searched, and the old one is gone."""
    try:
        client.indices.put_settings(index=filling, settings=mapping.IN_USE)
        client.indices.flush(index=filling)
        _sweep_marks(client, filling)
        before = _live(client, names) - {filling}
        own = {"index": filling, "alias": names.building, "must_exist": True}
        _change_aliases(
            client,
            {"remove": own},
            {"add": {"index": filling, "alias": names.live}},
            *({"remove_index": {"index": name}} for name in sorted(before)),
        )
    except NotFoundError as error:
        raise RebuildOvertakenError(
            "another rebuild of the search index began"
        ) from error
    # Marks that came between the sweep and the swap.
    _sweep_marks(client, filling)


def abandon(client: Elasticsearch, filling: str) -> None:
    """Nothing stays of it, unless the node is away: then the next rebuild removes it."""
    try:
        client.indices.delete(index=filling, ignore_unavailable=True)
    except (ApiError, TransportError):
        return


def drop(client: Elasticsearch, names: Names) -> None:
    if fillings := _fillings(client, names):
        client.indices.delete(index=sorted(fillings), ignore_unavailable=True)


def _fill(filling: Filling, records: Iterable[Record]) -> int:
    """While the node writes some requests the next one is made, never more than that."""
    public = (record for record in records if record.public)
    under_way: deque[Future[int]] = deque()
    written = 0
    with ThreadPoolExecutor(max_workers=_REQUESTS_AT_ONCE) as writers:
        for request in filling.requests(public):
            if len(under_way) == _REQUESTS_AT_ONCE:
                written += under_way.popleft().result()
            under_way.append(writers.submit(filling.write, request))
        return written + sum(future.result() for future in under_way)


def _sweep_marks(client: Elasticsearch, filling: str) -> None:
    """What was removed during the rebuild."""
    client.indices.refresh(index=filling)
    marked = {"term": {"what": "gone"}}
    while hits := _found(client, filling, marked):
        # Not one that a clip has taken the place of since: it was published again.
        operations = [
            {
                "delete": {
                    "_id": hit["_id"],
                    "if_seq_no": hit["_seq_no"],
                    "if_primary_term": hit["_primary_term"],
                }
            }
            for hit in hits
        ]
        client.bulk(index=filling, operations=operations, refresh=True)


def _found(client: Elasticsearch, index: str, query: dict[str, Any]) -> list[Any]:
    answer = client.search(
        index=index,
        query=query,
        size=_GONE_AT_ONCE,
        source=False,
        seq_no_primary_term=True,
    )
    return list(answer["hits"]["hits"])


def _fillings(client: Elasticsearch, names: Names) -> set[str]:
    return set(client.indices.get_alias(index=names.every_filling).body)


def _live(client: Elasticsearch, names: Names) -> set[str]:
    try:
        return set(client.indices.get_alias(name=names.live).body)
    except NotFoundError:
        return set()


def _change_aliases(client: Elasticsearch, *actions: dict[str, Any]) -> None:
    client.indices.update_aliases(actions=list(actions))
