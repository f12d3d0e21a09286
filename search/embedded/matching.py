"""Which documents a query finds: all words, folded, and every chosen facet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

from search.embedded.models import Document
from search.embedded.shelves import Found, Shelf
from search.embedded.terms import in_a_row
from search.questions import Question, Wish

# No index on the generation is to be used: most rows are of one and the same.
_ITS_OWN = ExpressionWrapper(F("generation_id") + 0, BigIntegerField())


@dataclass(frozen=True, slots=True)
class Matches:
    """What a question finds on a shelf."""

    question: Question
    shelf: Shelf
    held: Found  # by the words alone, whatever facets were chosen
    found: Found
    # Where any word suffices, what holds each of the wishes.
    by_wish: tuple[Found, ...] = ()

    def besides(self, facet: str) -> Found:
        """What would be found without the choice in that facet."""
        return self.held & _chosen(self.question, self.shelf, besides=facet)


def matches(question: Question, shelf: Shelf) -> Matches:
    """The documents with all words, folded, or with any where that suffices."""
    by_wish: tuple[Found, ...] = ()
    wanted = [alternatives(wish) for wish in question.wishes]
    if not wanted:
        held = shelf.every if question.is_answerable else 0
    elif question.any_word:
        by_wish = tuple(shelf.holding([one]) for one in wanted)
        held = _either(by_wish)
    else:
        held = shelf.holding(wanted)
    found = held & _chosen(question, shelf) if held else 0
    return Matches(question, shelf, held, found, by_wish)


def documents_of(generation: int) -> QuerySet[Document]:
    """To be narrowed by their ids."""
    return Document.objects.alias(its_own=_ITS_OWN).filter(its_own=generation)


def alternatives(wish: Wish) -> list[str]:
    """The words as typed, wherever they stand; what they stand for in a row."""
    typed = " ".join(word.folded for word in wish.typed)
    return [typed, *(in_a_row(other) for other in wish.instead)]


def _chosen(question: Question, shelf: Shelf, besides: str = "") -> Found:
    """The documents with what was chosen in each facet but that one."""
    chosen = shelf.every
    for facet, codes in question.query.filters.items():
        if facet != besides:
            chosen &= _either(shelf.carrying(facet, code) for code in codes)
    return chosen


def _either(several: Iterable[Found]) -> Found:
    return reduce(or_, several, 0)
