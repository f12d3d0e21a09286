"""The engine for many: one node, or a cluster of them, beside the library's database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch

from search.documents import Record
from search.elasticsearch import client, moments, rebuilding, writing
from search.elasticsearch.asking import answers
from search.elasticsearch.facets import counts
from search.elasticsearch.labels import Labels
from search.elasticsearch.models import Withheld
from search.elasticsearch.names import Names
from search.elasticsearch.pages import counting, hits_of, page
from search.elasticsearch.spelling import Spellings
from search.elasticsearch.suggestions import suggestions
from search.errors import IndexCheckError
from search.prepared import prepared
from search.proposals import Catalogue
from search.queries import Query
from search.questions import Question, as_typed, with_synonyms
from search.results import Hit, Hits, Moment, Suggestion
from search.text import Token

PUBLIC = "public"


class ElasticsearchEngine:
    """One named index. It exists from its first rebuild on, until then it cannot answer."""

    name = "elasticsearch"

    def __init__(self, index: str = PUBLIC) -> None:
        self.index = index
        self._names = Names(index)
        self._labels = Labels()
        withheld = Withheld.objects.filter(index=index).values_list("clip")
        self._withheld = prepared(lambda: withheld)

    def put(self, record: Record) -> None:
        if not record.public:
            self.remove(record.id)
            return
        with client.plainly():
            writing.put(client.writing(), self._names, record)
        self._labels.forget()

    def remove(self, record_id: int) -> None:
        with client.plainly():
            writing.remove(client.writing(), self._names, record_id)
        self.release(record_id)

    def withhold(self, record_id: int) -> None:
        """A row of the database: the node is told later, by `remove`."""
        Withheld.objects.get_or_create(index=self.index, clip=record_id)

    def release(self, record_id: int) -> None:
        Withheld.objects.filter(index=self.index, clip=record_id).delete()

    def find(self, question: Question) -> Hits:
        hidden = self._hidden()
        bodies = [counting(question, hidden), page(question, hidden)]
        counted, answer = self._answers(bodies)
        hits, partly = hits_of(question, answer)
        return self._hits(question, counted, hits, partly)

    def find_each(
        self, questions: Sequence[Question], partly: Sequence[Hit] = (), /
    ) -> Iterator[Hits]:
        """Counted in one request; most find nothing, and only what does has a page."""
        if not questions:
            return
        hidden = self._hidden()
        counted = self._answers([counting(one, hidden) for one in questions])
        for one, count in zip(questions, counted, strict=True):
            hits = tuple(partly) if one.any_word else ()
            if _total(count) and not hits:
                (answer,) = self._answers([page(one, hidden)])
                hits, _ = hits_of(one, answer)
            yield self._hits(one, count, hits)

    def _answers(self, bodies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        with client.plainly():
            return answers(self._reader(), self._names.live, bodies)

    def _hits(
        self,
        question: Question,
        counted: Mapping[str, Any],
        hits: tuple[Hit, ...],
        partly: tuple[Hit, ...] = (),
    ) -> Hits:
        """Counted and read one after the other, a clip may have gone in between."""
        total = _total(counted)
        named = partial(self._labels.named, self._reader(), self._names.live)
        with client.plainly():
            facets = counts(question, counted["aggregations"], named)
        return Hits(
            total=total,
            hits=hits if total else (),
            facets=facets,
            partly=() if total else partly,
        )

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        node, live = self._reader(), self._names.live
        with client.plainly():
            return suggestions(node, live, prefix, limit, self._hidden())

    def spellings(self, words: Sequence[Token]) -> Catalogue:
        folded = [word.folded for word in words]
        return Spellings(self._reader(), self._names.live, self._hidden(), folded)

    def moments(self, record_id: int, query: Query) -> tuple[Moment, ...]:
        question = with_synonyms(query)
        if not question.wishes or record_id in self._hidden():
            return ()
        body = moments.request(record_id, question)
        with client.plainly():
            answer = self._reader().search(index=self._names.live, body=body)
        hits = answer["hits"]["hits"]
        return moments.moments_of(hits[0], question) if hits else ()

    def rebuild(self, records: Iterable[Record]) -> int:
        with client.plainly():
            written = rebuilding.rebuild(client.building(), self._names, records)
        self._labels.forget()
        return written

    def ready(self) -> None:
        with client.plainly():
            self._reader().indices.get_alias(name=self._names.live)

    def check(self) -> None:
        scratch = ElasticsearchEngine(f"check-{uuid4().hex[:12]}")
        record = Record(id=1, title="Kiểm tra tìm kiếm", public=True)
        asked = as_typed(Query("kiem tra"))
        try:
            scratch.rebuild([record])
            if scratch.find(asked).total != 1:
                raise IndexCheckError("a record that was written was not found")
            scratch.remove(record.id)
            if scratch.find(asked).total != 0:
                raise IndexCheckError("a record that was removed was still found")
        finally:
            scratch.drop()

    def drop(self) -> None:
        """Remove this index and all that is in it; meant for scratch ones."""
        with client.plainly():
            rebuilding.drop(client.writing(), self._names)

    def _reader(self) -> Elasticsearch:
        """Whoever searches a scratch index has no other engine, and waits."""
        return client.reading() if self.index == PUBLIC else client.writing()

    def _hidden(self) -> Collection[int]:
        """What the node may still have and the public must not find; mostly nothing."""
        return [clip for (clip,) in self._withheld()]


def _total(counted: Mapping[str, Any]) -> int:
    return int(counted["hits"]["total"]["value"])
