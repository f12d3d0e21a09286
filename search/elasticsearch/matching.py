"""Which documents a question finds: every wish, and every chosen facet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from elasticsearch.dsl.query import (
    Bool,
    Fuzzy,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Query,
    Term,
    Terms,
)

from search.elasticsearch.documents import folded
from search.questions import Question, Wish
from search.text import Token

# Where the words of an alternative may stand in a row.
ROWS = ("title", "names", "description", "speech")
_LONG_WORD = 5  # letters from which on a word may be mistyped


def matching(question: Question, hidden: Collection[int]) -> Query:
    """Clips that hold the words; the chosen facets are not asked for here."""
    if not question.is_answerable:
        return MatchNone()
    wishes = [
        wish_in("words", ROWS, wish, typos=question.typos) for wish in question.wishes
    ]
    if question.any_word:
        some = Bool(should=wishes, minimum_should_match=1)
        return Bool(filter=[some], must_not=withheld(hidden))
    return Bool(filter=wishes or [Term(what="clip")], must_not=withheld(hidden))


def wish_in(words: str, rows: Sequence[str], wish: Wish, *, typos: bool) -> Query:
    """`words` is the field with all words, `rows` are those with their order."""
    typed = _all([word_in(words, word, typos=typos) for word in wish.typed])
    others = [row_in(rows, row) for row in wish.alternatives[1:]]
    return Bool(should=[typed, *others], minimum_should_match=1) if others else typed


def word_in(field: str, word: Token, *, typos: bool = False) -> Query:
    if typos and len(word.folded) >= _LONG_WORD:
        near = {"value": word.folded, "fuzziness": 1, "prefix_length": 1}
        return Fuzzy(**{field: near})
    return Term(**{field: word.folded})


def row_in(fields: Sequence[str], row: Sequence[Token]) -> Query:
    """The words next to each other in one of the fields."""
    found = [MatchPhrase(**{field: folded(row)}) for field in fields]
    return Bool(should=found, minimum_should_match=1)


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


def _all(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Bool(filter=list(queries))
