"""Which documents a query finds: all words, folded, and every chosen facet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

from search.embedded.models import Document
from search.embedded.shelves import Found, Shelf
from search.embedded.terms import in_a_row
from search.questions import Question, Wish

# No index on the generation is to be used: most rows are of one and the same.
_ITS_OWN = ExpressionWrapper(F("generation_id") + 0, BigIntegerField())


def held(question: Question, shelf: Shelf) -> Found:
    """The documents with the words, whatever facets were chosen."""
    if not question.is_answerable:
        return 0
    if not question.wishes:
        return shelf.every
    asked = [alternatives(wish) for wish in question.wishes]
    return shelf.holding(asked, any_suffices=question.any_word)


def chosen(question: Question, shelf: Shelf, *, besides: str = "") -> Found:
    """The documents with what was chosen in each facet but that one."""
    found = shelf.every
    for facet, codes in question.query.filters.items():
        if facet != besides:
            found &= _either(shelf.carrying(facet, code) for code in codes)
    return found


def documents_of(generation: int) -> QuerySet[Document]:
    """To be narrowed by their ids."""
    return Document.objects.alias(its_own=_ITS_OWN).filter(its_own=generation)


def alternatives(wish: Wish) -> list[str]:
    """The words as typed, wherever they stand; what they stand for in a row."""
    typed = " ".join(word.folded for word in wish.typed)
    return [typed, *(in_a_row(other) for other in wish.others)]


def _either(several: Iterable[Found]) -> Found:
    return reduce(or_, several, 0)
