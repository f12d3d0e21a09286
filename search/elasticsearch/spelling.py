"""What the index knows: words one edit away, and the titles and names to propose from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Term

from search.elasticsearch.asking import carried, several
from search.elasticsearch.matching import any_of, withheld
from search.forgiving import MOST_NEIGHBOURS, is_one_edit
from search.proposals import MOST_TEXTS, NOT_NAMED, Options

_NEIGHBOURS_LOOKED_AT = 50


class Spellings:
    """Of one index, as it is now. Each word is asked about once."""

    def __init__(
        self, client: Elasticsearch, index: str, hidden: Collection[int]
    ) -> None:
        self._client = client
        self._index = index
        self._hidden = hidden
        self._asked: dict[str, Mapping[str, int]] = {}

    def knows(self, folded: str) -> bool:
        return self._near(folded).get(folded, 0) > 0

    def neighbours(self, folded: str) -> list[str]:
        often = self._near(folded)
        near = [word for word in often if word != folded and often[word]]
        return sorted(near, key=lambda word: (-often[word], word))[:MOST_NEIGHBOURS]

    def titles(self, options: Sequence[Options]) -> list[str]:
        rows = [
            [f"{a} {b}" for a, b in product(one, other)]
            for one, other in pairwise(options)
        ]
        held = [any_of("title", option) for option in options]
        held += [any_of("title.pairs", row) for row in rows]
        found = Bool(filter=held, must_not=withheld(self._hidden))
        (hits,) = self._several(Search().query(found).sort("-lift", "-clip"))
        return [hit["_source"]["shown"]["title"] for hit in hits]

    def names(self, options: Sequence[Options]) -> list[str]:
        held = [any_of("label.words", option) for option in options]
        codes = any_of("label.facet", NOT_NAMED)
        (hits,) = self._several(Search().query(Bool(filter=held, must_not=[codes])))
        shown = [hit["_source"]["shown"] for hit in hits]
        labels = [(one["facet"], one["code"], one["name"]) for one in shown]
        known = carried(self._client, self._index, labels, self._hidden)
        return [name for _, _, name in known]

    def _several(self, *searches: Search[Any]) -> list[list[dict[str, Any]]]:
        bodies = [
            search.source(["shown"]).extra(size=MOST_TEXTS).to_dict()
            for search in searches
        ]
        return several(self._client, self._index, bodies)

    def _near(self, folded: str) -> Mapping[str, int]:
        """The word and those one edit away, with the number of clips that hold them."""
        if folded not in self._asked:
            words = [folded, *self._suggested(folded)]
            self._asked[folded] = self._clips_with(words)
        return self._asked[folded]

    def _suggested(self, folded: str) -> list[str]:
        """From the node's dictionary, which still has words of clips that are gone."""
        term = {
            "field": "words",
            "suggest_mode": "always",
            "max_edits": 1,
            "prefix_length": 1,
            "min_word_length": 1,
            "max_term_freq": 2**30,
            "size": _NEIGHBOURS_LOOKED_AT,
        }
        answer = self._client.search(
            index=self._index,
            size=0,
            suggest={"near": {"text": folded, "term": term}},
        )
        entries = answer["suggest"]["near"]
        options = [option["text"] for entry in entries for option in entry["options"]]
        return [word for word in options if is_one_edit(folded, word)]

    def _clips_with(self, words: Sequence[str]) -> dict[str, int]:
        filters = {word: Term(words=word).to_dict() for word in words}
        answer = self._client.search(
            index=self._index,
            size=0,
            query=Bool(must_not=withheld(self._hidden)).to_dict(),
            aggs={"clips": {"filters": {"filters": filters}}},
        )
        buckets = answer["aggregations"]["clips"]["buckets"]
        return {word: buckets[word]["doc_count"] for word in words}
