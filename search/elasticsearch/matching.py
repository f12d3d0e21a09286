"""Which documents a question finds: every wish, and every chosen facet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from elasticsearch.dsl.query import (
    Bool,
    MatchAll,
    MatchPhrase,
    Nested,
    Query,
    Term,
    Terms,
)

from search.elasticsearch.documents import folded
from search.questions import Question, Wish
from search.text import Token

# The fields that know where their words stand; of what is said the captions do.
TEXTS = ("title", "names", "description")


def matching(question: Question, hidden: Collection[int]) -> Query:
    """Clips that hold the words; the chosen facets are not asked for here."""
    wishes = [held(wish) for wish in question.wishes]
    if question.any_word:
        wishes = [Bool(should=wishes, minimum_should_match=1)]
    return Bool(filter=wishes or [Term(what="clip")], must_not=withheld(hidden))


def held(wish: Wish) -> Query:
    """The words as typed, wherever they stand, or what they stand for, in a row."""
    words: list[Query] = [Term(words=word.folded) for word in wish.typed]
    typed = words[0] if len(words) == 1 else Bool(filter=words)
    rows = [in_a_row_anywhere(other) for other in wish.instead]
    if not rows:
        return typed
    return either([typed, *rows])


def in_a_row_anywhere(row: Sequence[Token]) -> Query:
    """In one of the texts, or in one caption."""
    if len(row) == 1:
        return Term(words=row[0].folded)
    if len(row) == 2:
        return Term(neighbours=folded(row))
    said = Nested(path="captions", query=row_in("captions.words", row))
    return either([*(row_in(text, row) for text in TEXTS), said])


def row_in(field: str, row: Sequence[Token]) -> Query:
    """The words next to each other in the field."""
    text = folded(row)
    if len(row) == 1:
        return Term(**{field: text})
    if len(row) == 2 and field in TEXTS:
        return Term(**{f"{field}.pairs": text})
    return MatchPhrase(**{field: text})


def either(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Bool(should=list(queries), minimum_should_match=1)


def chosen(question: Question, *, besides: str = "") -> Query:
    """A document must carry one value of each facet that was chosen from."""
    filters = question.query.filters
    terms = [
        any_of(f"facets.{facet}", codes)
        for facet, codes in filters.items()
        if facet != besides
    ]
    return Bool(filter=terms) if terms else MatchAll()


def withheld(hidden: Collection[int]) -> list[Query]:
    """Clips that the index still has and the public must not find."""
    return [any_of("clip", sorted(hidden))] if hidden else []


def any_of(field: str, values: Collection[Any]) -> Query:
    terms: dict[str, Any] = {field: list(values)}
    return Terms(**terms)
