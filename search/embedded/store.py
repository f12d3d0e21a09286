"""Writing and removing documents of one generation; callers hold the index's lock."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from search.documents import Record
from search.embedded.models import (
    Cue,
    Document,
    DocumentLabel,
    Filing,
    Label,
    Word,
)
from search.embedded.terms import Terms, columns_of, folded_words, terms_of
from search.embedded.vendors import vendor
from search.facets import FacetLabel, labels_of
from search.text import readable, tokens

# By facet, the column of a `Filing`; other labels are not counted.
FILED_BY = {
    **dict.fromkeys(("subject", "grade", "skill", "kind"), "what"),
    **dict.fromkeys(("unit", "licence", "captions", "length"), "place"),
    "series": "series",
}


def replace(generation: int, record: Record) -> None:
    """Write a record in the place of what is there of it."""
    forget_clips(generation, [record.id])
    add(generation, [record])


def add(generation: int, records: Sequence[Record]) -> None:
    """Write records that this generation does not know, each once."""
    documents = Document.objects.bulk_create(
        Document(generation_id=generation, **columns_of(record)) for record in records
    )
    terms = [terms_of(record) for record in records]
    vendor().store(
        (document.pk, its_own)
        for document, its_own in zip(documents, terms, strict=True)
    )
    _remember_words(generation, terms)
    carried = _label(generation, documents, records)
    Filing.objects.bulk_create(
        _filing(document, labels)
        for document, labels in zip(documents, carried, strict=True)
    )
    Cue.objects.bulk_create(
        cue
        for document, record in zip(documents, records, strict=True)
        for cue in _cues(document, record)
    )


def mark_gone(generation: int, clip: int) -> None:
    """Remember in a half-built generation that a clip was removed: its old record may come."""
    forget_clips(generation, [clip])
    Document.objects.create(generation_id=generation, clip=clip, gone=True)


def forget_clips(generation: int, clips: Sequence[int]) -> None:
    """Remove what this generation knows of these clips."""
    known = Document.objects.filter(generation=generation, clip__in=clips)
    forget(list(known.values_list("pk", flat=True)))


def forget(document_ids: Sequence[int]) -> None:
    """Remove documents and all that hangs on them."""
    if not document_ids:
        return
    vendor().forget(document_ids)
    DocumentLabel.objects.filter(document__in=document_ids).delete()
    Cue.objects.filter(document__in=document_ids).delete()
    Filing.objects.filter(document__in=document_ids).delete()
    Document.objects.filter(pk__in=document_ids).delete()


def _remember_words(generation: int, terms: Sequence[Terms]) -> None:
    words = {term for its_own in terms for term in its_own if term.isalpha()}
    there = Word.objects.filter(generation=generation, folded__in=words)
    new = words.difference(there.values_list("folded", flat=True))
    Word.objects.bulk_create(
        (
            Word(
                generation_id=generation,
                folded=word,
                initial=word[0],
                letters=len(word),
            )
            for word in sorted(new)
        ),
        ignore_conflicts=True,
    )


def _label(
    generation: int, documents: Sequence[Document], records: Sequence[Record]
) -> list[list[tuple[str, int]]]:
    """By document, the facets and ids of its labels."""
    carried = [labels_of(record) for record in records]
    unique = {
        (label.facet, label.code): label for labels in carried for label in labels
    }
    known = _known_labels(generation, set(unique.values()))
    ids = [
        [(label.facet, known[label.facet, label.code]) for label in labels]
        for labels in carried
    ]
    DocumentLabel.objects.bulk_create(
        DocumentLabel(document=document, label_id=pk)
        for document, labels in zip(documents, ids, strict=True)
        for _, pk in labels
    )
    return ids


def _known_labels(
    generation: int, wanted: set[FacetLabel]
) -> dict[tuple[str, str], int]:
    """The rows of these labels; new ones are made, renamed ones get their new name."""
    rows = Label.objects.filter(generation=generation)
    codes = Q(code__in={label.code for label in wanted})
    as_they_are = set(rows.filter(codes).values_list("facet", "code", "name", "parent"))
    Label.objects.bulk_create(
        [
            Label(
                generation_id=generation,
                folded=folded_words([tokens(label.name)]),
                **label._asdict(),
            )
            for label in sorted(wanted - as_they_are)
        ],
        update_conflicts=True,
        unique_fields=["generation", "facet", "code"],
        update_fields=["name", "folded", "parent"],
    )
    found = rows.filter(codes).values_list("facet", "code", "pk")
    return {(facet, code): pk for facet, code, pk in found}


def _filing(document: Document, labels: Sequence[tuple[str, int]]) -> Filing:
    columns: dict[str, list[int]] = {"what": [], "place": [], "series": []}
    for facet, pk in labels:
        if facet in FILED_BY:
            columns[FILED_BY[facet]].append(pk)
    return Filing(
        document=document,
        generation_id=document.generation_id,
        clip=document.clip,
        published=document.published,
        views=document.views,
        lift=document.lift,
        **{name: ",".join(map(str, sorted(ids))) for name, ids in columns.items()},
    )


def _cues(document: Document, record: Record) -> list[Cue]:
    return [
        Cue(
            document=document,
            start_ms=max(cue.start_ms, 0),
            end_ms=max(cue.end_ms, 0),
            text=readable(cue.text),
            folded=folded_words([tokens(cue.text)]),
        )
        for cue in record.captions
    ]
