"""How well a document answers: the sum of `search/weights.py`, as queries of a fixed worth.

Each clause is worth the same wherever it holds, so nothing depends on how often a word
stands in other clips, and both engines rank alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    MatchPhrase,
    Query,
    Term,
)

from search.elasticsearch.documents import line
from search.elasticsearch.matching import (
    either,
    held,
    in_a_row_anywhere,
    row_in,
    withheld,
)
from search.questions import Question, Wish
from search.text import Token
from search.weights import (
    BEGINS_TITLE,
    FIELDS,
    MARKS_ANYWHERE,
    NEIGHBOURS_ANYWHERE,
    WHOLE_TITLE,
    WISH_HELD,
    Field,
    marks_are_meant,
)


def ranked(question: Question, hidden: Collection[int]) -> Query:
    """What the question finds, with points; the lift is the next thing to order by.

    All are alternatives: through those a node goes several times as fast as through what
    must hold. What lacks some wishes comes after all that lacks fewer, so the page for all
    words is, where nothing has them all, the one for any word.
    """
    wishes = [worth(held(wish), a_wish(question)) for wish in question.wishes]
    return Bool(
        should=[*wishes, *_points(question)],
        minimum_should_match=1,
        must_not=withheld(hidden),
    )


def a_wish(question: Question) -> int:
    """What holding one is worth: more than all points together."""
    return WISH_HELD * len(question.words)


def worth(query: Query, points: int) -> Query:
    return ConstantScore(filter=query, boost=points)


def _points(question: Question) -> Iterator[Query]:
    words = question.words
    for part in FIELDS:
        yield from _stand(part, question)
    for word in words:
        # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
        if word.marked:
            yield worth(Term(keys=word.key), MARKS_ANYWHERE)
    for first, second in pairwise(words):
        yield worth(in_a_row_anywhere((first, second)), NEIGHBOURS_ANYWHERE)
    yield worth(Term(title_begins=line(words)), BEGINS_TITLE)
    yield worth(Term(title_line=line(words)), WHOLE_TITLE)


def _stand(part: Field, question: Question) -> Iterator[Query]:
    """What each wish is worth in this part."""
    at = 0
    for wish in question.wishes:
        after = at + len(wish.typed)
        typed = [
            query
            for each in range(at, after)
            for query in _stands(part, question.words, each)
        ]
        yield from _or_what_it_means(part, wish, typed) if wish.others else typed
        at = after


def _or_what_it_means(part: Field, wish: Wish, typed: list[Query]) -> Iterator[Query]:
    """“lịch sử” lifts what “sử” has found; “trung học phổ thông” stands for “thpt”, so
    whichever of the two is worth more counts."""
    if wish.fuller:
        typed = [*typed, worth(_any_row(part, wish.fuller), part.pair)]
    if not wish.instead:
        yield from typed
        return
    words = len(wish.typed)
    points = words * part.word + (words - 1) * part.pair
    other = worth(_any_row(part, wish.instead), points)
    yield DisMax(queries=[other, Bool(should=typed)])


def _any_row(part: Field, rows: Sequence[Sequence[Token]]) -> Query:
    return either([row_in(part.name, row) for row in rows])


def _stands(part: Field, words: Sequence[Token], at: int) -> Iterator[Query]:
    """What the word, and the pair that it begins, is worth in this part."""
    word = words[at]
    are_meant = marks_are_meant(words)
    stands = Term(**{part.name: word.folded})
    if word.marked or are_meant:
        yield worth(stands, part.other_marks)
        yield worth(Term(**{f"{part.name}_keys": word.key}), part.exactly)
    else:
        yield worth(stands, part.word)
    if at + 1 < len(words):
        after = words[at + 1]
        is_exact = are_meant or (word.marked and after.marked)
        yield from _pair(part, word, after, is_exact=is_exact)


def _pair(
    part: Field, first: Token, second: Token, *, is_exact: bool
) -> Iterator[Query]:
    folded = f"{first.folded} {second.folded}"
    yield worth(Term(**{f"{part.name}.pairs": folded}), part.pair)
    if is_exact:
        exact = {f"{part.name}_keys": f"{first.key} {second.key}"}
        yield worth(MatchPhrase(**exact), part.pair)
