"""Completions of what is being typed, in the spelling of the thing itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Prefix, Query, Term

from search.completing import KINDS, MOST, Typed, nearness, typed_in
from search.elasticsearch.asking import carried, several
from search.elasticsearch.matching import any_of, withheld
from search.highlights import highlight
from search.results import Suggestion
from search.text import tokens

_TITLES_WEIGHED = 30
_LABELS_WEIGHED = 60
_POPULAR = [{"lift": "desc"}, {"published": "desc"}, {"clip": "desc"}]


def suggestions(
    client: Elasticsearch, index: str, prefix: str, limit: int, hidden: Collection[int]
) -> tuple[Suggestion, ...]:
    """What things are filed under first, then titles; each text once."""
    typed = typed_in(prefix)
    most = min(max(limit, 0), MOST)
    if typed is None or not most:
        return ()
    labels, begin, contain = several(client, index, _searches(typed, hidden))
    folded = frozenset(word.folded for word in typed.whole)
    beginning = typed.beginnings[0] if typed.beginnings else ""
    found: dict[str, Suggestion] = {}
    known = carried(client, index, _labels(labels, typed)[:most], hidden)
    for kind, code, text in (*known, *_titles([*begin, *contain], typed)):
        spans = highlight(text, folded, beginning)
        found.setdefault(text.casefold(), Suggestion(kind, code, text, spans))
    return tuple(found.values())[:most]


def _searches(typed: Typed, hidden: Collection[int]) -> list[dict[str, Any]]:
    """Labels that hold what was typed; titles that begin with it, or hold it."""
    held = _holds("title", typed)
    lines = [Prefix(title_line=phrase[1:]) for phrase in typed.phrases]
    begins = Bool(should=lines, minimum_should_match=1)
    named = Bool(filter=[*_holds("label.words", typed), any_of("label.facet", KINDS)])
    weighed: tuple[tuple[Query, list[Any], int], ...] = (
        (named, [{"label.order": "asc"}], _LABELS_WEIGHED),
        (Bool(filter=[begins], must_not=withheld(hidden)), _POPULAR, _TITLES_WEIGHED),
        (Bool(filter=held, must_not=withheld(hidden)), _POPULAR, _TITLES_WEIGHED),
    )
    return [
        Search()
        .query(query)
        .sort(*order)
        .source(["clip", "shown"])
        .extra(size=size, track_total_hits=False)
        .to_dict()
        for query, order, size in weighed
    ]


def _holds(field: str, typed: Typed) -> list[Query]:
    held: list[Query] = [Term(**{field: word.folded}) for word in typed.whole]
    if typed.beginnings:
        begun = [Prefix(**{field: beginning}) for beginning in typed.beginnings]
        held.append(Bool(should=begun, minimum_should_match=1))
    return held


def _labels(hits: list[dict[str, Any]], typed: Typed) -> list[tuple[str, str, str]]:
    rows = [hit["_source"]["shown"] for hit in hits]
    rows.sort(
        key=lambda row: (
            -_near(row["name"], typed),
            KINDS.index(row["facet"]),
            len(row["name"]),
            row["name"],
        )
    )
    return [(row["facet"], row["code"], row["name"]) for row in rows]


def _titles(hits: list[dict[str, Any]], typed: Typed) -> Iterator[tuple[str, str, str]]:
    # The sort is stable: of equally near ones the more popular stays before.
    for hit in sorted(
        hits, key=lambda hit: -_near(hit["_source"]["shown"]["title"], typed)
    ):
        yield "clip", str(hit["_source"]["clip"]), hit["_source"]["shown"]["title"]


def _near(text: str, typed: Typed) -> int:
    words = "".join(f" {word.folded}" for word in tokens(text))
    return nearness(text, f"{words} ", typed)
