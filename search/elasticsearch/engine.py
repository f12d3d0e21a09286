"""The engine for many: one node, or a cluster of them, beside the library's database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
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
        return next(self.find_each([question]))

    def find_each(
        self, questions: Sequence[Question], partly: Sequence[Hit] = (), /
    ) -> Iterator[Hits]:
        if not questions:
            return
        node, live, hidden = self._reader(), self._names.live, self._hidden()
        named = partial(self._labels.named, node, live)
        asked = [(one, partly if one.any_word else ()) for one in questions]
        bodies = [counting(one, hidden) for one in questions]
        bodies += [page(one, hidden) for one, known in asked if not known]
        with client.plainly():
            found = answers(node, live, bodies)
            pages = iter(found[len(questions) :])
            for (one, known), counted in zip(asked, found, strict=False):
                hits, some = (known, ()) if known else hits_of(one, next(pages))
                total = counted["hits"]["total"]["value"]
                yield Hits(
                    total=total,
                    hits=tuple(hits) if total else (),
                    facets=counts(one, counted["aggregations"], named),
                    partly=() if total else some,
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
        withheld = Withheld.objects.filter(index=self.index)
        return list(withheld.values_list("clip", flat=True))
