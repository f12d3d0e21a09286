"""Which documents a query finds: all words, folded, and every chosen facet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet

from search.embedded.models import Document, DocumentLabel, Filing, Label
from search.embedded.terms import in_a_row
from search.embedded.vendors import Wanted, vendor
from search.questions import Question, Wish

# No index on the generation is to be used: most rows are of one and the same.
_ITS_OWN = ExpressionWrapper(F("generation_id") + 0, BigIntegerField())


def matching(
    question: Question,
    generation: int,
    *,
    besides: str = "",
    wanted: Wanted | None = None,
) -> QuerySet[Filing]:
    """The documents found, without the choice in the facet `besides`.

    Where `wanted` is given, by those terms and not by the question's.
    """
    if not question.is_answerable:
        return Filing.objects.none()
    if wanted is not None:
        filed = holding(wanted, generation)
    elif question.wishes:
        asked = [alternatives(wish) for wish in question.wishes]
        filed = holding(asked, generation, any_suffices=question.any_word)
    else:
        filed = Filing.objects.filter(generation=generation)
    for ids in _chosen(question, generation, besides):
        filed = filed.filter(pk__in=ids)
    return filed


def holding(
    wanted: Wanted, generation: int, *, any_suffices: bool = False
) -> QuerySet[Filing]:
    """The documents that hold these terms."""
    ids = vendor().matching(wanted, any_suffices=any_suffices)
    filed = Filing.objects.alias(its_own=_ITS_OWN)
    return filed.filter(its_own=generation, pk__in=ids)


def documents_of(generation: int) -> QuerySet[Document]:
    """To be narrowed by their ids."""
    return Document.objects.alias(its_own=_ITS_OWN).filter(its_own=generation)


def alternatives(wish: Wish) -> list[str]:
    """The words as typed, wherever they stand; what they stand for in a row."""
    typed = " ".join(word.folded for word in wish.typed)
    return [typed, *(in_a_row(other) for other in wish.others)]


def _chosen(
    question: Question, generation: int, besides: str
) -> Iterator[QuerySet[DocumentLabel, int]]:
    """By facet with a choice in it, the documents that carry what was chosen."""
    for facet, codes in question.query.filters.items():
        if facet != besides:
            labels = Label.objects.filter(
                generation=generation, facet=facet, code__in=codes
            )
            carried = DocumentLabel.objects.filter(
                label__in=list(labels.values_list("pk", flat=True))
            )
            yield carried.values_list("document", flat=True)
