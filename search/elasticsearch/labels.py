"""What the codes of facets are called, kept in memory for a while."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch

from search.elasticsearch.documents import label_id
from search.facets import FacetLabel

Code = tuple[str, str]  # facet and code
_KEPT_S = 30.0
_MOST_KEPT = 50_000


class _Known(NamedTuple):
    label: FacetLabel | None
    at: float


class Labels:
    """Names change seldom: another process sees a new one half a minute later."""

    def __init__(self) -> None:
        self._known: dict[Code, _Known] = {}

    def named(
        self, client: Elasticsearch, index: str, codes: Collection[Code]
    ) -> dict[Code, FacetLabel]:
        """The labels that there are, by facet and code."""
        known, since = self._known, time.monotonic() - _KEPT_S
        unknown = [one for one in codes if one not in known or known[one].at < since]
        if unknown:
            self._read(client, index, unknown)
        found = {one: self._known[one].label for one in codes}
        return {one: label for one, label in found.items() if label}

    def forget(self) -> None:
        """After a write of this process, which must see what it wrote."""
        self._known = {}

    def _read(self, client: Elasticsearch, index: str, codes: Sequence[Code]) -> None:
        ids = [label_id(*code) for code in codes]
        answer = client.mget(index=index, ids=ids, source="shown", realtime=False)
        now = time.monotonic()
        read = {
            code: _Known(_label(doc), now)
            for code, doc in zip(codes, answer["docs"], strict=True)
        }
        # A new one, not the old one changed: other threads read it.
        kept = self._known if len(self._known) < _MOST_KEPT else {}
        self._known = kept | read


def _label(doc: dict[str, Any]) -> FacetLabel | None:
    return FacetLabel(**doc["_source"]["shown"]) if doc.get("found") else None
