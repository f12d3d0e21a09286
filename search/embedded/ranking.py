"""How well a document answers: one sum in SQL, the same on both databases.

All words are in the document already (`matching`); this says how well they stand. bm25
and ts_rank are not used: with captions in the index both sink a clip that has many, and
rare words need no weight where every word must be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    @property
    def folded(self) -> str:
        return f"search_document.{self.name}_folded"

    @property
    def keys(self) -> str:
        return f"search_document.{self.name}_keys"


FIELDS = (
    Field("title", word=6, marks=4, pair=4),
    Field("names", word=3, marks=2, pair=3),
    Field("description", word=1, marks=1, pair=1),
)
# Whoever types toán wants Toán: that it is there at all outweighs where toàn stands.
MARKS_ANYWHERE = 10.0
WHOLE_TITLE = 6.0
BEGINS_TITLE = 2.0


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the parameters in it."""

    text: str
    params: tuple[str, ...] = ()


def score(words: Sequence[Token]) -> Combinable:
    """To annotate documents with; popularity is in it, at less than a word's worth."""
    if not words:
        return Value(0.0, FloatField())
    parts = [
        Sql("search_document.lift"),
        *(_stands(part, words, at) for part in FIELDS for at in range(len(words))),
        *(_is_exact(word) for word in words if word.marked),
    ]
    total = _sum(parts)
    # Constants and columns; every word is a parameter.
    return RawSQL(total.text, total.params, FloatField())  # noqa: S611


def _stands(part: Field, words: Sequence[Token], at: int) -> Sql:
    """What the word is worth in this part; only where it stands is more looked for."""
    word = words[at]
    more = []
    # Only words typed with marks: "hoa hoc" must not prefer “Hoa học trò”.
    if word.marked:
        more.append(_when(_holds(part.keys, word.key), part.marks))
    if at + 1 < len(words):
        more.append(_pair(part, word, words[at + 1]))
    if part.name == "title" and at == 0:
        more.append(_whole_title(words))
    return _when(_holds(part.folded, word.folded), part.word, *more)


def _pair(part: Field, first: Token, second: Token) -> Sql:
    folded = _holds(part.folded, f"{first.folded} {second.folded}")
    if not (first.marked and second.marked):
        return _when(folded, part.pair)
    exactly = _when(_holds(part.keys, f"{first.key} {second.key}"), part.pair)
    return _when(folded, part.pair, exactly)


def _whole_title(words: Sequence[Token]) -> Sql:
    phrase = (f" {' '.join(word.folded for word in words)} ",)
    begins = f"{vendor().position}(search_document.title_folded, %s) = 1"
    is_whole = Sql("search_document.title_folded = %s", phrase)
    return _when(Sql(begins, phrase), BEGINS_TITLE, _when(is_whole, WHOLE_TITLE))


def _is_exact(word: Token) -> Sql:
    matching = vendor().matching([[exact(word.key)]])
    there = f"search_document.id IN ({matching.sql})"
    return _when(Sql(there, tuple(matching.params)), MARKS_ANYWHERE)


def _holds(column: str, words: str) -> Sql:
    return Sql(f"{vendor().position}({column}, %s) > 0", (f" {words} ",))


def _when(condition: Sql, worth: float, *more: Sql) -> Sql:
    then = _sum([Sql(str(worth)), *more])
    text = f"CASE WHEN {condition.text} THEN {then.text} ELSE 0 END"
    return Sql(text, condition.params + then.params)


def _sum(parts: Sequence[Sql]) -> Sql:
    params = tuple(parameter for part in parts for parameter in part.params)
    return Sql(" + ".join(part.text for part in parts), params)
