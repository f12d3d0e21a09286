"""The engine for many: one node, or a cluster of them, beside the library's database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from uuid import uuid4

from search.documents import Record
from search.elasticsearch import client, rebuilding, writing
from search.elasticsearch.facets import counts
from search.elasticsearch.labels import Labels
from search.elasticsearch.names import Names
from search.elasticsearch.pages import hits_of, request
from search.elasticsearch.suggestions import suggestions
from search.errors import IndexCheckError
from search.queries import Query
from search.questions import Question, as_typed
from search.results import Hits, Suggestion

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

    def find(self, question: Question) -> Hits:
        node, live = client.reading(), self._names.live
        body = request(question, self._hidden())
        with client.plainly():
            answer = node.search(index=live, body=body)
            named = partial(self._labels.named, node, live)
            return Hits(
                total=answer["hits"]["total"]["value"],
                hits=hits_of(question, answer.body),
                facets=counts(question, answer["aggregations"], named),
            )

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        with client.plainly():
            return suggestions(
                client.reading(), self._names.live, prefix, limit, self._hidden()
            )

    def rebuild(self, records: Iterable[Record]) -> int:
        with client.plainly():
            written = rebuilding.rebuild(client.writing(), self._names, records)
        self._labels.forget()
        return written

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

    def _hidden(self) -> Collection[int]:
        return ()
