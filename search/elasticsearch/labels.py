"""What the codes of facets are called, kept in memory for a while."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch

from search.elasticsearch.documents import label_id
from search.facets import FacetLabel

_KEPT_S = 30.0
_MOST_KEPT = 50_000


class _Known(NamedTuple):
    label: FacetLabel | None
    at: float


class Labels:
    """Names change seldom: another process sees a new one half a minute later."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def named(
        self, client: Elasticsearch, index: str, codes: Collection[tuple[str, str]]
    ) -> dict[tuple[str, str], FacetLabel]:
        """The labels that there are, by facet and code."""
        since = time.monotonic() - _KEPT_S
        ids = {label_id(facet, code): (facet, code) for facet, code in codes}
        known = self._known
        unknown = [i for i in ids if i not in known or known[i].at < since]
        if unknown:
            self._read(client, index, unknown)
        found = {code: self._known.get(i) for i, code in ids.items()}
        return {
            code: known.label for code, known in found.items() if known and known.label
        }

    def forget(self) -> None:
        """After a write of this process, which must see what it wrote."""
        self._known = {}

    def _read(self, client: Elasticsearch, index: str, ids: list[str]) -> None:
        if len(self._known) > _MOST_KEPT:
            self._known = {}
        answer = client.mget(index=index, ids=ids, source="shown", realtime=False)
        now = time.monotonic()
        self._known |= {doc["_id"]: _Known(_label(doc), now) for doc in answer["docs"]}


def _label(doc: dict[str, Any]) -> FacetLabel | None:
    return FacetLabel(**doc["_source"]["shown"]) if doc.get("found") else None
