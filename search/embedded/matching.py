"""Which documents a query finds: all words, folded, and every chosen facet."""

from __future__ import annotations

from django.db.models import QuerySet

from search.embedded.models import Document, DocumentLabel, Label
from search.embedded.vendors import vendor
from search.queries import Query


def matching(query: Query, generation: int, *, besides: str = "") -> QuerySet[Document]:
    """The documents found; the choice in the facet `besides` is left out of account."""
    documents = Document.objects.filter(generation=generation, gone=False)
    if not query.is_browsing:
        wanted = [[word.folded] for word in query.words]
        if not wanted:  # something was typed, but no word: nothing can match it
            return documents.none()
        documents = documents.filter(pk__in=vendor().matching(wanted))
    for facet, codes in query.filters.items():
        if facet != besides:
            labels = Label.objects.filter(
                generation=generation, facet=facet, code__in=codes
            )
            carrying = DocumentLabel.objects.filter(
                label__in=list(labels.values_list("pk", flat=True))
            )
            documents = documents.filter(pk__in=carrying.values("document"))
    return documents
