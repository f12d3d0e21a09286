"""Which documents a query finds: all words, folded, and every chosen facet."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from search.embedded.models import Document, DocumentLabel, Label
from search.embedded.terms import in_a_row
from search.embedded.vendors import vendor
from search.questions import Question, Wish

# Something that gives ids of documents, perhaps of several generations.
Ids = RawSQL | QuerySet[DocumentLabel, int]


def matching(question: Question, generation: int) -> QuerySet[Document]:
    """The documents found."""
    documents = Document.objects.filter(generation=generation)
    if not question.is_answerable:
        return documents.none()
    for ids in conditions(question, generation):
        documents = documents.filter(pk__in=ids)
    return documents


def alternatives(wish: Wish) -> list[str]:
    """The words as typed, wherever they stand; what they stand for in a row."""
    typed = " ".join(word.folded for word in wish.typed)
    return [typed, *(in_a_row(other) for other in wish.others)]


def conditions(question: Question, generation: int, *, besides: str = "") -> list[Ids]:
    """A document must be in each; the choice in the facet `besides` is left out of account."""
    met: list[Ids] = []
    if question.wishes:
        wanted = [alternatives(wish) for wish in question.wishes]
        met.append(vendor().matching(wanted, any_suffices=question.any_word))
    for facet, codes in question.query.filters.items():
        if facet != besides:
            labels = Label.objects.filter(
                generation=generation, facet=facet, code__in=codes
            )
            carried = DocumentLabel.objects.filter(
                label__in=list(labels.values_list("pk", flat=True))
            )
            met.append(carried.values_list("document", flat=True))
    return met
