"""Completions of what is being typed, in the spelling of the thing itself."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl.query import Bool, Prefix, Query, Term

from search.completing import KINDS, MOST, Typed, nearness, typed_in
from search.elasticsearch.asking import carried, several
from search.elasticsearch.matching import any_of, withheld
from search.highlights import highlight
from search.results import Suggestion

# Kind, code and text.
Completion = tuple[str, str, str]
_TITLES_WEIGHED = 30
_LABELS_WEIGHED = 60
# What is shown, and its words as they are indexed.
_READ = ["clip", "title", "label.words", "shown.title"]
_READ += [f"shown.{name}" for name in ("facet", "code", "name")]
_POPULAR = [{"lift": "desc"}, {"published": "desc"}, {"clip": "desc"}]


def suggestions(
    client: Elasticsearch, index: str, prefix: str, limit: int, hidden: Collection[int]
) -> tuple[Suggestion, ...]:
    """What things are filed under first, then titles; each text once."""
    typed = typed_in(prefix)
    most = min(max(limit, 0), MOST)
    if typed is None or not most:
        return ()
    # Many begin to type alike.
    labels, begin, contain = several(
        client, index, _searches(typed, hidden, most), are_common=True
    )
    known = carried(client, index, _labels(labels, typed)[:most], hidden)
    found: dict[str, Completion] = {}
    for completion in (*known, *_titles([*begin, *contain], typed)):
        found.setdefault(completion[2].casefold(), completion)
    shown = islice(found.values(), most)
    return tuple(_suggestion(completion, typed) for completion in shown)


def _suggestion(completion: Completion, typed: Typed) -> Suggestion:
    kind, code, text = completion
    folded = frozenset(word.folded for word in typed.whole)
    beginning = typed.beginnings[0] if typed.beginnings else ""
    return Suggestion(kind, code, text, highlight(text, folded, beginning))


def _searches(typed: Typed, hidden: Collection[int], most: int) -> list[dict[str, Any]]:
    """Labels that hold what was typed; titles that begin with it, or hold it."""
    held = _holds("title", typed)
    lines = [Prefix(title_line=phrase[1:]) for phrase in typed.phrases]
    begins = Bool(should=lines, minimum_should_match=1)
    named = Bool(filter=[*_holds("label.words", typed), any_of("label.facet", KINDS)])
    # Some say the same as others.
    titles = 2 * most if _are_alike(typed) else _TITLES_WEIGHED
    weighed: tuple[tuple[Query, list[Any], int], ...] = (
        (named, [{"label.order": "asc"}], _LABELS_WEIGHED),
        (Bool(filter=[begins], must_not=withheld(hidden)), _POPULAR, titles),
        (Bool(filter=held, must_not=withheld(hidden)), _POPULAR, titles),
    )
    return [
        {"query": query.to_dict(), "sort": order, "_source": _READ, "size": size}
        | {"track_total_hits": False}
        for query, order, size in weighed
    ]


def _are_alike(typed: Typed) -> bool:
    """One word without marks stands as well in one title as in another."""
    return not typed.marked and not typed.whole


def _holds(field: str, typed: Typed) -> list[Query]:
    held: list[Query] = [Term(**{field: word.folded}) for word in typed.whole]
    if typed.beginnings:
        begun = [Prefix(**{field: beginning}) for beginning in typed.beginnings]
        held.append(Bool(should=begun, minimum_should_match=1))
    return held


def _labels(hits: list[dict[str, Any]], typed: Typed) -> list[Completion]:
    rows = [(hit["_source"]["shown"], hit["_source"]["label"]["words"]) for hit in hits]
    rows.sort(
        key=lambda row: (
            -_near(row[0]["name"], row[1], typed),
            KINDS.index(row[0]["facet"]),
            len(row[0]["name"]),
            row[0]["name"],
        )
    )
    return [(row["facet"], row["code"], row["name"]) for row, _ in rows]


def _titles(hits: list[dict[str, Any]], typed: Typed) -> list[Completion]:
    rows = [hit["_source"] for hit in hits]
    # The sort is stable: of equally near ones the more popular stays before.
    rows.sort(key=lambda row: -_near(row["shown"]["title"], row["title"], typed))
    return [("clip", str(row["clip"]), row["shown"]["title"]) for row in rows]


def _near(text: str, words: str, typed: Typed) -> int:
    return nearness(text, f" {words} ", typed)
