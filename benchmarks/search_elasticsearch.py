"""Times the search on Elasticsearch with N made-up clips, beside Wagtail's own backend.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 .venv/bin/python -m benchmarks.search_elasticsearch

Its indexes are called benchmark…, and dropped at the end.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ["ELASTICSEARCH_INDEX"] = f"benchmark-{os.getpid()}"
os.environ.setdefault("ELASTICSEARCH_TIMEOUT_MS", "60000")

# Sets Django up with a scratch database.
from benchmarks.search_embedded import FOLDER, TYPED, records, timed

# isort: split
from django.core.management import call_command
from django.db import connection, models
from elasticsearch.dsl import Search
from wagtail.search import index as wagtail_index
from wagtail.search.backends.elasticsearch8 import Elasticsearch8SearchBackend

from search.documents import Record
from search.elasticsearch import client
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.matching import matching
from search.elasticsearch.names import Names
from search.elasticsearch.ranking import ranked
from search.index import ask
from search.queries import Query
from search.questions import with_synonyms

_FOLDED = {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}
# Without these two it finds nothing for words typed without marks.
_WAGTAIL = {
    "settings": {"analysis": {"analyzer": {"default": _FOLDED, "standard": _FOLDED}}}
}


class Row(wagtail_index.Indexed, models.Model):
    """The same clips as a model of Wagtail's."""

    title = models.TextField()
    description = models.TextField()
    names = models.TextField()
    captions = models.TextField()
    search_fields = [
        wagtail_index.SearchField("title", boost=3),
        wagtail_index.SearchField("names"),
        wagtail_index.SearchField("description"),
        wagtail_index.SearchField("captions"),
    ]

    class Meta:
        app_label = "search"

    def __str__(self) -> str:
        return self.title


def rss_mb() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def told(made: Iterator[Record], number: int) -> Iterator[Record]:
    """The records, with the memory of this process on the way."""
    seen = []
    for count, record in enumerate(made, 1):
        yield record
        if count % (number // 4) == 0:
            seen.append(f"{rss_mb()} MB")
    print("memory at each quarter:", ", ".join(seen))


def plain(question: Any) -> Callable[[], object]:
    """What Wagtail's backend asks for too: twenty ids in our order."""
    found = ranked(question, matching(question, ()))
    body = Search().query(found)[:20].to_dict() | {"_source": False}
    node, live = client.reading(), Names("public").live
    return lambda: node.search(index=live, body=body)


def findable_after(engine: ElasticsearchEngine) -> float:
    start, pk = time.perf_counter(), random.randrange(10**9, 10**10)
    title = f"mới{pk}"
    engine.put(Record(id=pk, title=title, public=True))
    while not ask(engine, Query(title)).total:
        time.sleep(0.02)
    return time.perf_counter() - start


def ours(number: int, typed: list[str]) -> None:
    engine = ElasticsearchEngine()
    made, start = records(number, random.Random(2021)), time.perf_counter()
    sum(1 for _ in records(number, random.Random(2021)))
    making = time.perf_counter() - start
    start = time.perf_counter()
    engine.rebuild(told(made, number))
    seconds = time.perf_counter() - start
    print(
        f"rebuild {seconds:.1f} s, {number / seconds:.0f} clips/s;"
        f" without making up the records {number / (seconds - making):.0f}"
    )
    units = [{"unit": (f"d{at % 11}",)} for at in range(len(typed))]
    prefixes = [text[: 1 + at % max(len(text), 1)] for at, text in enumerate(typed)]
    timed("page", [partial(ask, engine, Query(text)) for text in typed])
    inside = zip(typed, units, strict=True)
    timed("page in a district", [partial(ask, engine, Query(t, u)) for t, u in inside])
    timed("browse all", [partial(ask, engine, Query())] * (len(typed) // 4))
    timed("as you type", [partial(engine.suggest, prefix, 8) for prefix in prefixes])
    timed("plain, ours", [plain(with_synonyms(Query(text))) for text in typed])
    waits = sorted(findable_after(engine) for _ in range(7))
    print(f"findable after: median {waits[3]:.2f} s, longest {waits[-1]:.2f} s")


def wagtails(number: int, typed: list[str]) -> None:
    url = os.environ["ELASTICSEARCH_URL"]
    name = f"{os.environ['ELASTICSEARCH_INDEX']}-wagtail"
    settings = {"URLS": [url], "INDEX_PREFIX": name, "INDEX_SETTINGS": _WAGTAIL}
    backend = Elasticsearch8SearchBackend(settings)
    target = backend.get_index_for_model(Row)
    target.reset()
    target.add_model(Row)
    made = records(number, random.Random(2021))
    while batch := list(itertools.islice(made, 1_000)):
        target.add_items(Row, [_row(record) for record in batch])
    target.refresh()
    timed("plain, Wagtail's", [_asked(backend, text) for text in typed])
    target.delete()


def _row(record: Record) -> Row:
    return Row(
        pk=record.id,
        title=record.title,
        description=record.description,
        names=" ".join([*(unit.name for unit in record.units), *record.speakers]),
        captions=" ".join(cue.text for cue in record.captions),
    )


def _asked(backend: Elasticsearch8SearchBackend, text: str) -> Callable[[], object]:
    """The very request that it sends for a page of twenty, without reading the rows."""
    results = backend.search(text, Row)
    body, name = results._get_es_body(), backend.get_index_for_model(Row).name  # noqa: SLF001
    asked = {"index": name, "_source": False, "stored_fields": "pk", "size": 20}
    return lambda: results._backend_do_search(body, **asked)  # noqa: SLF001


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    call_command("migrate", "search", verbosity=0)
    typed = list(itertools.islice(itertools.cycle(TYPED), options.queries))
    for number in options.clips:
        print(f"Elasticsearch, {number} clips")
        try:
            ours(number, typed)
            wagtails(number, typed)
        finally:
            ElasticsearchEngine().drop()


if __name__ == "__main__":
    main()
    connection.close()
    FOLDER.cleanup()
