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

from search.embedded.terms import exact
from search.embedded.vendors import vendor
from search.text import Token


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the document and what a word, its exact marks and a pair in it are worth."""

    name: str
    word: float
    marks: float
    pair: float


FIELDS = (
    Field("title", word=6, marks=4, pair=4),
    Field("names", word=3, marks=2, pair=3),
    Field("description", word=1, marks=1, pair=1),
)
# Whoever types toán wants Toán: that it is there at all outweighs where toàn stands.
MARKS_ANYWHERE = 10.0
WHOLE_TITLE = 6.0
BEGINS_TITLE = 2.0

# (SQL that is true or false, its parameter, what it is worth)
Reason = tuple[str, str, float]


def score(words: Sequence[Token]) -> Combinable:
    """To annotate documents with; popularity is in it, at less than a word's worth."""
    if not words:
        return Value(0.0)
    reasons = [*_word_reasons(words), *_pair_reasons(words), *_title_reasons(words)]
    cases = [f"CASE WHEN {sql} THEN {worth} ELSE 0 END" for sql, _, worth in reasons]
    exactly = [_exact_reason(word) for word in words if word.marked]
    cases += [f"CASE WHEN {sql} THEN {MARKS_ANYWHERE} ELSE 0 END" for sql, _ in exactly]
    params = [parameter for _, parameter, _ in reasons]
    params += [parameter for _, given in exactly for parameter in given]
    return RawSQL(  # noqa: S611 - built of constants, words are parameters
        " + ".join(["search_document.lift", *cases]), params, FloatField()
    )


def _word_reasons(words: Sequence[Token]) -> Iterator[Reason]:
    for word in words:
        for part in FIELDS:
            yield _stands_in(f"{part.name}_folded", word.folded, part.word)
            # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
            if word.marked:
                yield _stands_in(f"{part.name}_keys", word.key, part.marks)


def _pair_reasons(words: Sequence[Token]) -> Iterator[Reason]:
    for first, second in pairwise(words):
        for part in FIELDS:
            pair = f"{first.folded} {second.folded}"
            yield _stands_in(f"{part.name}_folded", pair, part.pair)
            if first.marked and second.marked:
                pair = f"{first.key} {second.key}"
                yield _stands_in(f"{part.name}_keys", pair, part.pair)


def _title_reasons(words: Sequence[Token]) -> Iterator[Reason]:
    phrase = f" {' '.join(word.folded for word in words)} "
    yield "search_document.title_folded = %s", phrase, WHOLE_TITLE
    position = f"{vendor().position}(search_document.title_folded, %s)"
    yield f"{position} = 1", phrase, BEGINS_TITLE


def _stands_in(column: str, words: str, worth: float) -> Reason:
    position = f"{vendor().position}(search_document.{column}, %s)"
    return f"{position} > 0", f" {words} ", worth


def _exact_reason(word: Token) -> tuple[str, list[str]]:
    matching = vendor().matching([[exact(word.key)]])
    return f"search_document.id IN ({matching.sql})", list(matching.params)
