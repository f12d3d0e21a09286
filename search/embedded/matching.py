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
    # By the words alone, whatever facets were chosen.
    held: Found
    # Where any word suffices, what holds each of the wishes.
    by_wish: tuple[Found, ...] = ()

    @property
    def found(self) -> Found:
        return self.held & self.chosen()

    def chosen(self, *, besides: str = "") -> Found:
        """The documents with what was chosen in each facet but that one."""
        chosen = self.shelf.every
        for facet, codes in self.question.query.filters.items():
            if facet != besides:
                chosen &= either(self.shelf.carrying(facet, code) for code in codes)
        return chosen


def matches(question: Question, shelf: Shelf) -> Matches:
    """The documents with all words, folded, or with any where that suffices."""
    if not question.is_answerable:
        return Matches(question, shelf, 0)
    if not question.wishes:
        return Matches(question, shelf, shelf.every)
    wanted = [alternatives(wish) for wish in question.wishes]
    if question.any_word:
        by_wish = tuple(shelf.holding([one]) for one in wanted)
        return Matches(question, shelf, either(by_wish), by_wish)
    return Matches(question, shelf, shelf.holding(wanted))


def documents_of(generation: int) -> QuerySet[Document]:
    """To be narrowed by their ids."""
    return Document.objects.alias(its_own=_ITS_OWN).filter(its_own=generation)


def alternatives(wish: Wish) -> list[str]:
    """The words as typed, wherever they stand; what they stand for in a row."""
    typed = " ".join(word.folded for word in wish.typed)
    return [typed, *(in_a_row(other) for other in wish.others)]


def either(several: Iterable[Found]) -> Found:
    """What is in one of them."""
    return reduce(or_, several, 0)
