"""How well a document answers: the embedded engine's sum, as queries of a fixed worth.

Each clause is worth the same wherever it holds, so nothing depends on how often a word
stands in other clips, and both engines rank alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

from elasticsearch.dsl import SF
from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    FunctionScore,
    Prefix,
    Query,
    Term,
)

from search.elasticsearch.documents import line
from search.elasticsearch.matching import ROWS, row_in, wish_in, word_in
from search.embedded.ranking import (
    BEGINS_TITLE,
    FIELDS,
    MARKS_ANYWHERE,
    WHOLE_TITLE,
    Field,
)
from search.questions import Question, Wish
from search.text import Token

# Less than any place of a word: of clips that answer alike the newer comes first.
FRESHNESS = 0.3
_HALF_AS_FRESH_S = 365 * 24 * 3600
_MORE_WISHES = 1_000.0


def ranked(question: Question, found: Query) -> Query:
    """What was found, with points."""
    return FunctionScore(
        query=Bool(must=[found], should=list(_points(question))),
        functions=[
            SF("field_value_factor", field="lift", missing=0),
            SF(
                "gauss",
                published={
                    "origin": int(time.time()),
                    "scale": _HALF_AS_FRESH_S,
                    "decay": 0.5,
                },
                weight=FRESHNESS,
            ),
        ],
        score_mode="sum",
        boost_mode="sum",
    )


def _points(question: Question) -> Iterator[Query]:
    for part in FIELDS:
        for wish in question.wishes:
            yield _wish(part, wish, typos=question.typos)
        for first, second in pairwise(question.words):
            yield from _pair(part, first, second)
    for word in question.words:
        # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
        if word.marked:
            yield from _marks(word)
    yield from _whole_title(question.words)
    if question.any_word:
        for wish in question.wishes:
            held = wish_in("words", ROWS, wish, typos=question.typos)
            yield _worth(held, _MORE_WISHES)


def _marks(word: Token) -> Iterator[Query]:
    for part in FIELDS:
        yield _worth(Term(**{f"{part.name}_keys": word.key}), part.marks)
    yield _worth(Term(keys=word.key), MARKS_ANYWHERE)


def _wish(part: Field, wish: Wish, *, typos: bool) -> Query:
    typed = [
        _worth(word_in(part.name, word, typos=typos), part.word) for word in wish.typed
    ]
    rows = [
        _worth(row_in([part.name], row), part.word * len(wish.typed))
        for row in wish.alternatives[1:]
    ]
    as_typed = Bool(should=typed) if len(typed) > 1 else typed[0]
    return DisMax(queries=[as_typed, *rows]) if rows else as_typed


def _pair(part: Field, first: Token, second: Token) -> Iterator[Query]:
    folded = f"{first.folded} {second.folded}"
    yield _worth(Term(**{f"{part.name}.pairs": folded}), part.pair)
    if first.marked and second.marked:
        exact = f"{first.key} {second.key}"
        yield _worth(Term(**{f"{part.name}_keys.pairs": exact}), part.pair)


def _whole_title(words: tuple[Token, ...]) -> Iterator[Query]:
    if words:
        yield _worth(Prefix(title_line=line(words)), BEGINS_TITLE)
        yield _worth(Term(title_line=line(words)), WHOLE_TITLE)


def _worth(query: Query, points: float) -> Query:
    return ConstantScore(filter=query, boost=points)
