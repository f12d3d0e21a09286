"""Writing and removing documents of one generation; callers hold the index's lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from search.documents import Record
from search.embedded import blocks, counters
from search.embedded.models import Cue, Document, Filing, Label
from search.embedded.terms import columns_of, folded_words, terms_of
from search.embedded.vendors import vendor
from search.facets import SPEAKER, FacetLabel, labels_of
from search.text import forms, readable


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
    counters.count_words(generation, terms)
    _file(generation, documents, records)
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
    if ids := list(known.values_list("pk", flat=True)):
        counters.discount_words(generation, vendor().stored(ids))
        _take_off(generation, ids)
        forget(ids)


def forget(document_ids: Sequence[int]) -> None:
    """Remove documents and all that hangs on them, whatever the generation counts."""
    if not document_ids:
        return
    vendor().forget(document_ids)
    Cue.objects.filter(document__in=document_ids).delete()
    Filing.objects.filter(document__in=document_ids).delete()
    Document.objects.filter(pk__in=document_ids).delete()


def _file(
    generation: int, documents: Sequence[Document], records: Sequence[Record]
) -> None:
    """Under all labels, and among what is there."""
    labels = [labels_of(record) for record in records]
    unique = {(label.facet, label.code): label for those in labels for label in those}
    known = _known_labels(generation, set(unique.values()))
    ids = [[known[label.facet, label.code] for label in those] for those in labels]
    Filing.objects.bulk_create(
        _filing(document, labels)
        for document, labels in zip(documents, ids, strict=True)
    )
    carried = _by_label(zip([one.pk for one in documents], ids, strict=True))
    counters.count_labels(carried)
    speakers = {pk for (facet, _), pk in known.items() if facet == SPEAKER}
    counted = {pk: those for pk, those in carried.items() if pk not in speakers}
    blocks.mark(generation, counted | {blocks.EVERY: [one.pk for one in documents]})


def _take_off(generation: int, document_ids: Sequence[int]) -> None:
    rows = Filing.objects.filter(document__in=document_ids)
    carried = _by_label(
        (pk, [int(label) for label in labels.split(",") if label])
        for pk, labels in rows.values_list("pk", "labels")
    )
    counters.count_labels(carried, gone=True)
    blocks.unmark(generation, carried | {blocks.EVERY: list(document_ids)})


def _by_label(labels: Iterable[tuple[int, Sequence[int]]]) -> dict[int, list[int]]:
    """Of each label the documents, from each document's labels."""
    carried: defaultdict[int, list[int]] = defaultdict(list)
    for document, those in labels:
        for label in those:
            carried[label].append(document)
    return dict(carried)


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
                folded=folded_words([forms(label.name)]),
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


def _filing(document: Document, labels: Sequence[int]) -> Filing:
    return Filing(
        document=document,
        generation_id=document.generation_id,
        clip=document.clip,
        published=document.published,
        views=document.views,
        lift=document.lift,
        labels=",".join(map(str, sorted(labels))),
    )


def _cues(document: Document, record: Record) -> list[Cue]:
    return [
        Cue(
            document=document,
            start_ms=max(cue.start_ms, 0),
            end_ms=max(cue.end_ms, 0),
            text=readable(cue.text),
            folded=folded_words([forms(cue.text)]),
        )
        for cue in record.captions
    ]
