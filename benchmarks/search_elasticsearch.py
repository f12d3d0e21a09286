"""Times the search on Elasticsearch with N made-up clips, beside Wagtail's own backend.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 .venv/bin/python -m benchmarks.search_elasticsearch

Its indexes are called benchmark…, and dropped at the end, however it ends. The node needs
a heap of 2 GB for both at 100 000 clips.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
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
from elasticsearch.helpers import BulkIndexError
from wagtail.search import index as wagtail_index
from wagtail.search.backends.elasticsearch8 import Elasticsearch8SearchBackend

from benchmarks.clip_rows import Rows
from library.clips.records import all_records
from search.documents import Record
from search.elasticsearch import client
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.elasticsearch.ranking import ranked
from search.embedded.engine import EmbeddedEngine
from search.index import Engine, ask
from search.queries import Query
from search.questions import with_synonyms

INDEX = os.environ["ELASTICSEARCH_INDEX"]
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


class Watched:
    """The records of a rebuild, with the memory of this process on the way.

    The time that making them up takes is taken off.
    """

    def __init__(self, made: Iterable[Record], number: int) -> None:
        self._made = iter(made)
        self._quarter = number // 4
        self.making_s = 0.0
        self.memory: list[str] = []

    def __iter__(self) -> Iterator[Record]:
        for count in itertools.count(1):
            start = time.perf_counter()
            record = next(self._made, None)
            self.making_s += time.perf_counter() - start
            if record is None:
                return
            yield record
            if count % self._quarter == 0:
                self.memory.append(f"{rss_mb()} MB")


def rebuild(engine: Engine, made: Iterable[Record], number: int, of: str) -> None:
    watched, start = Watched(made, number), time.perf_counter()
    own_start = time.process_time()
    written = engine.rebuild(watched)
    seconds, own = time.perf_counter() - start, time.process_time() - own_start
    told = f"rebuild of {of}: {written} clips in {seconds:.1f} s, "
    told += f"{written / seconds:.0f} clips/s; own time {own:.1f} s; "
    if of == "made-up records":
        rate = written / (seconds - watched.making_s)
        told += f"without making them up {rate:.0f} clips/s; "
    print(told + f"memory at each quarter {', '.join(watched.memory)}")


def findable_after(engine: Engine) -> None:
    waits = sorted(_findable_after(engine) for _ in range(7))
    name = f"findable after, {engine.name}"
    print(f"{name}: median {waits[3]:.2f} s, longest {waits[-1]:.2f} s")


def _findable_after(engine: Engine) -> float:
    start, pk = time.perf_counter(), random.randrange(10**9, 10**10)
    title = f"mới{pk}"
    engine.put(Record(id=pk, title=title, public=True))
    while not ask(engine, Query(title)).total:
        time.sleep(0.02)
    return time.perf_counter() - start


def warm(asked: list[Callable[[], object]], seconds: float) -> None:
    """The node's compiler takes thousands of questions to have seen them all."""
    until, number = time.monotonic() + seconds, 0
    for call in itertools.cycle(asked):
        call()
        number += 1
        if time.monotonic() > until:
            break
    print(f"warm after {number} questions and completions")


def pages(engine: Engine, typed: list[str], warm_s: float) -> None:
    units = [{"unit": (f"d{at % 11}",)} for at in range(len(typed))]
    prefixes = [text[: 1 + at % max(len(text), 1)] for at, text in enumerate(typed)]
    asked = [partial(ask, engine, Query(text)) for text in typed]
    completed = [partial(engine.suggest, prefix, 8) for prefix in prefixes]
    warm([*asked, *completed], warm_s)
    timed("page", asked)
    at_once = {
        text: bool(engine.find(with_synonyms(Query(text))).total) for text in typed
    }
    for name, is_found in (("found as typed", True), ("found otherwise", False)):
        texts = [text for text in typed if at_once[text] is is_found]
        timed(f"page, {name}", [partial(ask, engine, Query(text)) for text in texts])
    _keep_counts(kept=False)
    timed("page, counted anew", asked)
    _keep_counts(kept=True)
    inside = zip(typed, units, strict=True)
    timed("page in a district", [partial(ask, engine, Query(t, u)) for t, u in inside])
    timed("browse all", [partial(ask, engine, Query())] * (len(typed) // 4))
    timed("as you type", completed)


def _keep_counts(*, kept: bool) -> None:
    """The node answers a question that comes again with the counts it found before."""
    node, live = client.building(), Names("public").live
    node.indices.put_settings(index=live, settings={"requests.cache.enable": kept})


def plain(text: str) -> Callable[[], object]:
    """What Wagtail's backend asks for too: twenty ids, ours in our order and not counted,
    as on a page: either counts by a request of its own."""
    found = ranked(with_synonyms(Query(text)), ())
    search = Search().query(found).sort("_score", "-lift")[:20]
    body = search.to_dict() | {"_source": False, "track_total_hits": False}
    node, live = client.reading(), Names("public").live
    return lambda: node.search(index=live, body=body)


def side_by_side(number: int, typed: list[str]) -> None:
    """Each question to the one and to the other in turns, so that both wait alike."""
    backend = wagtails(number)
    asked = [(plain(text), _asked(backend, text)) for text in typed]
    waits: tuple[list[float], list[float]] = ([], [])
    for pair in [*asked[:20], *asked]:
        for call, own_waits in zip(pair, waits, strict=True):
            start = time.perf_counter()
            call()
            own_waits.append((time.perf_counter() - start) * 1000)
    ours, theirs = (statistics.quantiles(own[20:], n=100) for own in waits)
    for name, cuts in {"ours": ours, "Wagtail's": theirs}.items():
        print(
            f"{f'twenty ids, {name}':24} p50 {cuts[49]:7.1f} ms   p95 {cuts[94]:7.1f} ms"
        )
    half, most = ours[49] / theirs[49], ours[94] / theirs[94]
    print(f"ours / Wagtail's: p50 {half:.2f}, p95 {most:.2f}")


def wagtails(number: int) -> Elasticsearch8SearchBackend:
    url = os.environ["ELASTICSEARCH_URL"]
    settings = {
        "URLS": [url],
        "INDEX_PREFIX": f"{INDEX}-wagtail",
        "INDEX_SETTINGS": _WAGTAIL,
        "TIMEOUT": 120,
    }
    backend = Elasticsearch8SearchBackend(settings)
    target = backend.get_index_for_model(Row)
    target.reset()
    target.add_model(Row)
    made, start = records(number, random.Random(2021)), time.perf_counter()
    while batch := list(itertools.islice(made, 500)):
        _patiently(partial(target.add_items, Row, [_row(record) for record in batch]))
    target.refresh()
    seconds = time.perf_counter() - start
    print(f"Wagtail's rebuild: {seconds:.1f} s, {number / seconds:.0f} clips/s")
    return backend


def _patiently(add: Callable[[], object]) -> None:
    """A node that has too much in hand is sent the same rows again, later and later."""
    for pause_s in client.PAUSES_S:
        try:
            client.patiently(add)
        except BulkIndexError as error:
            told = error
        else:
            return
        time.sleep(pause_s)
    raise told


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


def from_rows(number: int) -> None:
    """The whole way: pages of the library, read by its own code, as `rebuild_search` does."""
    start = time.perf_counter()
    Rows().write(records(number, random.Random(2021)))
    print(f"{number} clips written as rows in {time.perf_counter() - start:.0f} s")
    server, embedded = ElasticsearchEngine(), EmbeddedEngine()
    rebuild(server, all_records(), number, "the library's rows")
    findable_after(server)
    embedded.rebuild(itertools.islice(all_records(), 1_000))
    findable_after(embedded)


def clean() -> None:
    node: Any = client.building()
    for name in node.indices.get(index=f"{INDEX}*").body:
        node.indices.delete(index=name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--warm", type=float, default=60, help="seconds of questions")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    typed = list(itertools.islice(itertools.cycle(TYPED), options.queries))
    engine = ElasticsearchEngine()
    for number in options.clips:
        print(f"Elasticsearch, {number} clips")
        made = records(number, random.Random(2021))
        rebuild(engine, made, number, "made-up records")
        pages(engine, typed, options.warm)
        side_by_side(number, typed)
        findable_after(engine)
        clean()
    if options.rows:
        from_rows(options.rows)


if __name__ == "__main__":
    # Killed politely it cleans up, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        main()
    finally:
        clean()
        connection.close()
        FOLDER.cleanup()
