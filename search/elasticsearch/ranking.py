"""How well a document answers: the embedded engine's sum, as queries of a fixed worth.

Each clause is worth the same wherever it holds, so nothing depends on how often a word
stands in other clips, and both engines rank alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from elasticsearch.dsl import SF
from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    FunctionScore,
    MatchPhrase,
    Prefix,
    Query,
    Term,
)

from search.elasticsearch.documents import line
from search.elasticsearch.matching import TEXTS, held, row_in
from search.embedded.ranking import (
    BEGINS_TITLE,
    FIELDS,
    MARKS_ANYWHERE,
    NEIGHBOURS_ANYWHERE,
    WHOLE_TITLE,
    WISH_HELD,
    Field,
)
from search.questions import Question, Wish
from search.text import Token

# Less than any place of a word: of clips that answer alike the newer comes first.
FRESHNESS = 0.3
_HALF_AS_FRESH_S = 365 * 24 * 3600


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


def worth(query: Query, points: float) -> Query:
    return ConstantScore(filter=query, boost=points)


def _points(question: Question) -> Iterator[Query]:
    for part in FIELDS:
        for wish in question.wishes:
            yield from _wish(part, wish)
        for first, second in pairwise(question.words):
            yield from _pair(part, first, second)
    for word in question.words:
        # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
        if word.marked:
            yield from _marks(word)
    yield from _whole_title(question.words)
    for first, second in pairwise(question.words):
        yield worth(_neighbours(first, second), NEIGHBOURS_ANYWHERE)
    if question.any_word:
        yield from (worth(held(wish), WISH_HELD) for wish in question.wishes)


def _wish(part: Field, wish: Wish) -> Iterator[Query]:
    """“lịch sử” lifts what “sử” has found; “trung học phổ thông” stands for “thpt”."""
    words = len(wish.typed)
    typed = [worth(Term(**{part.name: word.folded}), part.word) for word in wish.typed]
    fuller = [other for other in wish.others if _holds(other, wish.typed)]
    instead = [other for other in wish.others if not _holds(other, wish.typed)]
    if fuller:
        yield worth(_any_row(part, fuller), part.pair)
    if not instead:
        yield from typed
        return
    row = row_in([part.name], wish.typed)
    other = Bool(filter=[_any_row(part, instead)], must_not=[row])
    points = words * part.word + (words - 1) * part.pair
    yield DisMax(queries=[Bool(should=typed), worth(other, points)])


def _any_row(part: Field, rows: Sequence[Sequence[Token]]) -> Query:
    found = [row_in([part.name], row) for row in rows]
    return Bool(should=found, minimum_should_match=1)


def _holds(row: Sequence[Token], words: Sequence[Token]) -> bool:
    return f" {line(words)}" in f" {line(row)}"


def _marks(word: Token) -> Iterator[Query]:
    for part in FIELDS:
        yield worth(Term(**{f"{part.name}_keys": word.key}), part.marks)
    yield worth(Term(keys=word.key), MARKS_ANYWHERE)


def _pair(part: Field, first: Token, second: Token) -> Iterator[Query]:
    folded = f"{first.folded} {second.folded}"
    yield worth(Term(**{f"{part.name}.pairs": folded}), part.pair)
    if first.marked and second.marked:
        exact = {f"{part.name}_keys": f"{first.key} {second.key}"}
        yield worth(MatchPhrase(**exact), part.pair)


def _neighbours(first: Token, second: Token) -> Query:
    folded = f"{first.folded} {second.folded}"
    found = [Term(**{f"{text}.pairs": folded}) for text in TEXTS]
    return Bool(should=found, minimum_should_match=1)


def _whole_title(words: tuple[Token, ...]) -> Iterator[Query]:
    if words:
        yield worth(Prefix(title_line=line(words)), BEGINS_TITLE)
        yield worth(Term(title_line=line(words)), WHOLE_TITLE)
