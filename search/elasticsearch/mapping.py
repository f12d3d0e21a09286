"""The fields of a document and how they are indexed.

Words come from `search/text.py`, folded or as keys, with spaces between them: the node
only cuts at spaces and pairs neighbours, so a query can never be folded by other rules
than the documents. What is shown stands beside them, as it was written, and is not
indexed. Scores are sums of our own (`ranking`), so no field keeps norms or frequencies.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from typing import Any

from elasticsearch.dsl import (
    Float,
    Integer,
    Keyword,
    Long,
    Mapping,
    Nested,
    Object,
    Text,
    analyzer,
    token_filter,
)

from search.elasticsearch.moments import MOST_IN_ONE
from search.facets import FACETS, SPEAKER

# 4 bytes a letter at most, and Lucene takes no term of more than 32 766 bytes.
_LONGEST_KEYWORD = 8_000

_words = analyzer("words", tokenizer="whitespace")
_pairs = analyzer(
    "pairs",
    tokenizer="whitespace",
    filter=[
        token_filter(
            "neighbours",
            "shingle",
            min_shingle_size=2,
            max_shingle_size=2,
            output_unigrams=False,
        )
    ],
)


def _text(**more: Any) -> Text:
    """Words with their neighbours in `.pairs`, and in those of the whole clip."""
    return Text(
        analyzer=_words,
        norms=False,
        fields={"pairs": _neighbours()},
        copy_to="neighbours",
        **more,
    )


def _neighbours() -> Text:
    return Text(analyzer=_pairs, norms=False, index_options="docs")


def _set() -> Text:
    """Words of which only matters that they are there."""
    return Text(analyzer=_words, norms=False, index_options="docs")


def _line() -> Text:
    """A text as one word, of which most beginnings are words too."""
    # No more letters are possible.
    beginnings = {"min_chars": 1, "max_chars": 19}
    return Text(
        analyzer="keyword",
        norms=False,
        index_options="docs",
        index_prefixes=beginnings,
    )


def _facet() -> Keyword:
    # Counted on every page: what counting needs is made when the index is refreshed.
    return Keyword(ignore_above=_LONGEST_KEYWORD, eager_global_ordinals=True)


def _mapping() -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", includes=["clip", "shown.*", "title", "label.words"])
    mapping.field("what", Keyword())  # clip, label, or gone: removed during a rebuild
    mapping.field("clip", Long())
    mapping.field("shown", Object(enabled=False))
    mapping.field("words", _set())
    mapping.field("keys", _set())
    mapping.field("title", _text(index_prefixes={"min_chars": 1, "max_chars": 15}))
    mapping.field("title_line", _line())
    mapping.field("title_begins", Keyword(doc_values=False))
    mapping.field("names", _text())
    mapping.field("description", _text())
    for part in ("title", "names", "description"):
        mapping.field(f"{part}_keys", Text(analyzer=_words, norms=False))
    # Within each caption, and within each of the texts, which are copied here.
    mapping.field("neighbours", _neighbours())
    mapping.field("captions", _captions())
    facets = {facet: _facet() for facet in (*FACETS, SPEAKER)}
    mapping.field("facets", Object(properties=facets))
    mapping.field("label", _label())
    mapping.field("published", Long())
    mapping.field("views", Long())
    mapping.field("lift", Float())
    return mapping


def _captions() -> Nested:
    # Stored one by one: of an hour's talk a page shows three.
    stored: dict[str, Any] = {"index": False, "doc_values": False, "store": True}
    return Nested(
        properties={
            "start_ms": Long(index=False, store=True),
            "end_ms": Long(**stored),
            "text": Keyword(**stored),
            "words": Text(analyzer=_words, norms=False),
        }
    )


def _label() -> Object:
    prefixed = Text(
        analyzer=_words,
        norms=False,
        index_prefixes={"min_chars": 1, "max_chars": 15},
    )
    return Object(
        properties={"facet": Keyword(), "order": Integer(), "words": prefixed}
    )


def mappings() -> dict[str, Any]:
    return _mapping().to_dict()


# Nobody searches a filling yet, and it is worth nothing before it is whole: it is made
# searchable, safe, double and compact once, at its end.
WHILE_FILLED: dict[str, Any] = {
    "refresh_interval": "-1",
    "translog.durability": "async",
    "translog.sync_interval": "30s",
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
    "merge.policy.segments_per_tier": 50,
}
IN_USE: dict[str, Any] = {
    "refresh_interval": "1s",
    "translog.durability": "request",
    "auto_expand_replicas": "0-1",
    "merge.policy.segments_per_tier": 10,
}


def settings() -> dict[str, Any]:
    """One shard: counts are exact, and a library of a million clips fits into one."""
    return {
        "analysis": _mapping()._collect_analysis(),  # noqa: SLF001 - has no other way
        "number_of_shards": 1,
        "max_inner_result_window": MOST_IN_ONE,
    }


@cache
def shape() -> str:
    """Eight digits that are others for each other mapping."""
    described = json.dumps([settings(), mappings()], sort_keys=True)
    return blake2b(described.encode(), digest_size=4).hexdigest()
