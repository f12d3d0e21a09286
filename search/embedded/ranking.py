"""How well a document answers: one sum in SQL, the same on both databases.

All words are in the document already (`matching`); this says how well they stand. bm25
and ts_rank are not used: with captions in the index both sink a clip that has many, and
rare words need no weight where every word must be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import FloatField, Value
from django.db.models.expressions import Combinable, RawSQL

from search.embedded.terms import exact, next_to
from search.embedded.vendors import vendor
from search.questions import Question, Wish
from search.text import Token
from search.weights import (
    BEGINS_TITLE,
    FIELDS,
    MARKS_ANYWHERE,
    NEIGHBOURS_ANYWHERE,
    WHOLE_TITLE,
    Field,
    marks_are_meant,
)


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the parameters in it."""

    text: str
    params: tuple[str, ...] = ()


def score(question: Question) -> Combinable:
    """To annotate documents with; popularity is in it, at less than a word's worth.

    Where any word suffices, how many wishes a document holds is not in it (`candidates`).
    """
    words = question.words
    if not words:
        return Value(0.0, FloatField())
    parts = [
        Sql("search_document.lift"),
        *(sql for part in FIELDS for sql in _stand(part, question)),
        *(_is_exact(word) for word in words if word.marked),
        *(_are_neighbours(*pair) for pair in pairwise(words)),
    ]
    total = _sum(parts)
    # Constants and columns; every word is a parameter.
    return RawSQL(total.text, total.params, FloatField())  # noqa: S611


def _stand(part: Field, question: Question) -> Iterator[Sql]:
    """What each wish is worth in this part."""
    at = 0
    for wish in question.wishes:
        after = at + len(wish.typed)
        typed = [_stands(part, question.words, each) for each in range(at, after)]
        yield _or_what_it_means(part, wish, _sum(typed)) if wish.others else _sum(typed)
        at = after


def _or_what_it_means(part: Field, wish: Wish, typed: Sql) -> Sql:
    """“lịch sử” lifts what “sử” has found; “trung học phổ thông” stands for “thpt”, so
    whichever of the two is worth more counts."""
    column = _folded(part)
    fuller = [_holds(column, _in_a_row(other)) for other in wish.fuller]
    instead = [_holds(column, _in_a_row(other)) for other in wish.instead]
    worth = _sum([typed, *([_when(_either(fuller), part.pair)] if fuller else [])])
    if not instead:
        return worth
    words = len(wish.typed)
    points = words * part.word + (words - 1) * part.pair
    return _most(_when(_either(instead), points), worth)


def _stands(part: Field, words: Sequence[Token], at: int) -> Sql:
    """What the word is worth in this part; only where it stands is more looked for."""
    word = words[at]
    more = []
    worth = part.word
    are_meant = marks_are_meant(words)
    # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
    if word.marked or are_meant:
        worth = part.other_marks
        more.append(_when(_holds(_keys(part), word.key), part.exactly))
    if at + 1 < len(words):
        after = words[at + 1]
        is_exact = are_meant or (word.marked and after.marked)
        more.append(_pair(part, word, after, is_exact=is_exact))
    if part.name == "title" and at == 0:
        more.append(_whole_title(words))
    return _when(_holds(_folded(part), word.folded), worth, *more)


def _pair(part: Field, first: Token, second: Token, *, is_exact: bool) -> Sql:
    folded = _holds(_folded(part), f"{first.folded} {second.folded}")
    if not is_exact:
        return _when(folded, part.pair)
    exactly = _when(_holds(_keys(part), f"{first.key} {second.key}"), part.pair)
    return _when(folded, part.pair, exactly)


def _whole_title(words: Sequence[Token]) -> Sql:
    phrase = (f" {' '.join(word.folded for word in words)} ",)
    begins = f"{vendor().position}(search_document.title_folded, %s) = 1"
    is_whole = Sql("search_document.title_folded = %s", phrase)
    return _when(Sql(begins, phrase), BEGINS_TITLE, _when(is_whole, WHOLE_TITLE))


def _is_exact(word: Token) -> Sql:
    return _when(_has_term(exact(word.key)), MARKS_ANYWHERE)


def _are_neighbours(first: Token, second: Token) -> Sql:
    """In the captions too, which have no column of their own here."""
    return _when(_has_term(next_to(first.folded, second.folded)), NEIGHBOURS_ANYWHERE)


def _has_term(term: str) -> Sql:
    matching = vendor().matching([[term]])
    return Sql(f"search_document.id IN ({matching.sql})", tuple(matching.params))


def _folded(part: Field) -> str:
    return f"search_document.{part.name}_folded"


def _keys(part: Field) -> str:
    return f"search_document.{part.name}_keys"


def _in_a_row(words: Sequence[Token]) -> str:
    return " ".join(word.folded for word in words)


def _holds(column: str, words: str) -> Sql:
    return Sql(f"{vendor().position}({column}, %s) > 0", (f" {words} ",))


def _when(condition: Sql, worth: float, *more: Sql) -> Sql:
    then = _sum([Sql(str(worth)), *more])
    text = f"CASE WHEN {condition.text} THEN {then.text} ELSE 0 END"
    return Sql(text, condition.params + then.params)


def _most(one: Sql, other: Sql) -> Sql:
    text = f"{vendor().greatest}({one.text}, {other.text})"
    return Sql(text, one.params + other.params)


def _either(conditions: Sequence[Sql]) -> Sql:
    params = tuple(parameter for one in conditions for parameter in one.params)
    return Sql(" OR ".join(one.text for one in conditions), params)


def _sum(parts: Sequence[Sql]) -> Sql:
    params = tuple(parameter for part in parts for parameter in part.params)
    return Sql(" + ".join(part.text for part in parts), params)
