"""The default engine: full-text tables in the library's own database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import uuid4

from django.db import transaction

from search.documents import Record
from search.embedded import generations, store
from search.embedded.facets import counts
from search.embedded.matching import matches
from search.embedded.models import Document, Generation
from search.embedded.moments import moments_inside
from search.embedded.pages import page
from search.embedded.shelves import EMPTY, Shelf
from search.embedded.spelling import Spellings
from search.embedded.suggestions import suggestions
from search.errors import IndexCheckError
from search.proposals import Catalogue
from search.queries import Query
from search.questions import Question, as_typed, with_synonyms
from search.results import Hit, Hits, Moment, Suggestion
from search.text import Token

PUBLIC = "public"
_RECORDS_AT_ONCE = 100


class EmbeddedEngine:
    """One named index in the default database."""

    name = "embedded"

    def __init__(self, index: str = PUBLIC) -> None:
        self.index = index

    @transaction.atomic
    def put(self, record: Record) -> None:
        if not record.public:
            self.remove(record.id)
            return
        row = generations.changing(self.index)
        store.replace(row.live_id, record)
        if row.building_id is not None:
            store.replace(row.building_id, record)

    @transaction.atomic
    def remove(self, record_id: int) -> None:
        row = generations.changing(self.index)
        store.forget_clips(row.live_id, [record_id])
        if row.building_id is not None:
            store.mark_gone(row.building_id, record_id)

    def withhold(self, record_id: int) -> None:
        self.remove(record_id)

    def release(self, record_id: int) -> None:
        """Whoever makes it public again puts it."""

    def find(self, question: Question) -> Hits:
        shelf = generations.reading(self.index)
        hits = self._find(question, shelf)
        # A swap in between may have swept away what was being read.
        if generations.live(self.index) != (shelf and shelf.generation):
            hits = self._find(question, generations.reading(self.index))
        return hits

    def find_each(
        self, questions: Sequence[Question], _partly: Sequence[Hit] = (), /
    ) -> Iterator[Hits]:
        return map(self.find, questions)

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        generation = generations.live(self.index)
        if generation is None:
            return ()
        return suggestions(prefix, limit, generation)

    def spellings(self, words: Sequence[Token]) -> Catalogue:
        shelf = generations.reading(self.index) or EMPTY
        return Spellings(shelf, [word.folded for word in words])

    def moments(self, record_id: int, query: Query) -> tuple[Moment, ...]:
        live = generations.live(self.index)
        document = Document.objects.filter(generation=live, clip=record_id).first()
        if document is None:
            return ()
        return moments_inside(document.pk, with_synonyms(query))

    def rebuild(self, records: Iterable[Record]) -> int:
        building = generations.begin(self.index)
        remaining = iter(records)
        written = 0
        try:
            while batch := list(islice(remaining, _RECORDS_AT_ONCE)):
                written += self._fill(building, batch)
            generations.swap(self.index, building)
        except BaseException:
            generations.abandon(self.index, building)
            raise
        finally:
            generations.sweep(self.index)
        return written

    def ready(self) -> None:
        """Wherever there is a database."""

    def check(self) -> None:
        scratch = EmbeddedEngine(f"check-{uuid4().hex[:12]}")
        record = Record(id=1, title="Kiểm tra tìm kiếm", public=True)
        asked = as_typed(Query("kiem tra"))
        try:
            scratch.put(record)
            if scratch.find(asked).total != 1:
                raise IndexCheckError("a record that was written was not found")
            scratch.remove(record.id)
            if scratch.find(asked).total != 0:
                raise IndexCheckError("a record that was removed was still found")
        finally:
            scratch.drop()

    def drop(self) -> None:
        """Remove this index and all that is in it; meant for scratch ones."""
        generations.drop(self.index)

    @transaction.atomic
    def _fill(self, building: Generation, batch: list[Record]) -> int:
        """Add what no write made meanwhile has put or removed; that one is newer."""
        generations.still_mine(self.index, building)
        newer = Document.objects.filter(
            generation=building, clip__in=[record.id for record in batch]
        )
        known = set(newer.values_list("clip", flat=True))
        fresh = {r.id: r for r in batch if r.public and r.id not in known}
        store.add(building.pk, list(fresh.values()))
        return len(fresh)

    def _find(self, question: Question, shelf: Shelf | None) -> Hits:
        if shelf is None:
            return Hits()
        found = matches(question, shelf)
        return Hits(found.found.bit_count(), page(found), counts(found))
