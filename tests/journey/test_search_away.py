"""The search server is stopped, frozen and started again under the library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch, NotFoundError
from pytest_django import Settings

from library import health, indexing
from library.clips.models import ClipPage
from library.clips.records import all_records
from library.founding import found
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from search import index
from search.documents import Record
from search.elasticsearch.engine import ElasticsearchEngine
from search.elasticsearch.names import Names
from search.errors import SearchUnavailableError
from search.queries import Query
from tests import nodes
from tests.cast import Cast
from tests.factories import published_clip
from tests.search.clips import clip

pytestmark = [
    pytest.mark.own_elasticsearch,
    pytest.mark.ffmpeg,
    pytest.mark.django_db,
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def own_node() -> Iterator[nodes.Node]:
    with nodes.node() as made:
        yield made


@pytest.fixture
def node(
    own_node: nodes.Node, settings: Settings, local_storages: Path, cast: Cast
) -> Iterator[nodes.Node]:
    """Running, with an index of what is live; the embedded engine stands behind it."""
    settings.ELASTICSEARCH_URL = own_node.url
    settings.ELASTICSEARCH_TIMEOUT_MS = 20_000  # other tests run beside
    settings.SEARCH_ENGINE = "search.elasticsearch.engine.ElasticsearchEngine"
    settings.SEARCH_FALLBACK = "search.embedded.engine.EmbeddedEngine"
    found()
    index.server.worked()
    index.rebuild(all_records)
    yield own_node
    index.server.worked()
    ElasticsearchEngine().drop()


def published(cast: Cast, title: str) -> ClipPage:
    made = published_clip(cast.school_a, cast.lan, by=cast.an, title=title)
    worker.drain()
    return made


def ids(text: str = "") -> list[int]:
    return [hit.id for hit in index.search(Query(text)).hits]


def on_the_node(node: nodes.Node, clip_id: int) -> bool:
    with Elasticsearch(node.url) as client:
        client.indices.refresh(index=Names("public").live)
        try:
            client.get(index=Names("public").live, id=f"clip-{clip_id}")
        except NotFoundError:
            return False
        return True


def test_an_outage_loses_nothing_and_the_index_catches_up(
    node: nodes.Node, cast: Cast
) -> None:
    before = published(cast, "Bài trước")
    node.stop()
    during = published(cast, "Bài trong lúc ấy")
    assert during.live
    assert Job.objects.get(key=f"index/{during.pk}").state == Job.State.QUEUED
    assert ids("bai") == [during.pk, before.pk]  # by the embedded engine
    assert index.server.is_open
    (search,) = [one for one in health.findings() if one.service == "search"]
    assert not search.ok
    assert "embedded index answers" in search.detail

    node.start()
    index.server.worked()
    indexing.catch_up()
    worker.drain()
    assert on_the_node(node, during.pk)
    assert ids("bai") == [during.pk, before.pk]
    assert not index.server.is_open


def test_a_node_that_hangs_is_left_alone_and_asked_again_later(
    node: nodes.Node, cast: Cast, settings: Settings
) -> None:
    made = published(cast, "Bài thử")
    settings.ELASTICSEARCH_TIMEOUT_MS = 200
    node.freeze()
    try:
        assert ids("bai thu") == [made.pk]
        assert index.server.is_open
        assert [one.text for one in index.suggest("bai th")] == ["Bài thử"]
    finally:
        node.thaw()
    settings.ELASTICSEARCH_TIMEOUT_MS = 20_000
    index.server.worked()
    assert on_the_node(node, made.pk)
    assert ids("bai thu") == [made.pk]
    assert not index.server.is_open


def test_what_was_withdrawn_while_the_node_was_away_is_never_shown(
    node: nodes.Node, cast: Cast
) -> None:
    made = published(cast, "Bài kín")
    assert on_the_node(node, made.pk)
    node.stop()
    made.unpublish()
    assert ids("bai kin") == []
    worker.drain()

    node.start()
    index.server.worked()
    assert on_the_node(node, made.pk)  # it does not know yet
    for text in ("bai kin", ""):
        hits = index.search(Query(text))
        assert (hits.total, hits.hits) == (0, ())
        assert not any(hits.facets.values())
    assert index.suggest("bai k") == ()
    assert index.search(Query("baii kinn")).did_you_mean is None
    assert not index.server.is_open

    indexing.catch_up()
    worker.drain()
    assert not on_the_node(node, made.pk)


def test_a_node_that_lost_its_disk_gets_a_whole_index(
    node: nodes.Node, cast: Cast
) -> None:
    made = published(cast, "Bài thử")
    ElasticsearchEngine().drop()
    assert ids("bai thu") == [made.pk]  # by the embedded engine
    index.server.worked()
    indexing.catch_up()
    worker.drain()
    assert on_the_node(node, made.pk)


def test_a_rebuild_whose_node_dies_leaves_what_was_live(node: nodes.Node) -> None:
    def records() -> Iterator[Record]:
        yield from (clip(pk, "Mới") for pk in range(1, 600))
        node.stop()
        yield from (clip(pk, "Mới") for pk in range(600, 1200))

    engine = ElasticsearchEngine()
    engine.rebuild([clip(1, "Cũ")])
    with pytest.raises(SearchUnavailableError):
        engine.rebuild(records())
    node.start()
    assert index.ask(engine, Query("cu")).total == 1
    assert index.ask(engine, Query("moi")).total == 0
    assert engine.rebuild([clip(2, "Mới")]) == 1
    with Elasticsearch(node.url) as client:
        fillings = client.indices.get_alias(index=Names("public").every_filling)
        assert len(fillings.body) == 1


def test_nothing_written_while_rebuilding_is_lost(node: nodes.Node) -> None:
    engine, last = ElasticsearchEngine(), {pk: f"Toán {pk}" for pk in range(50)}
    errors: list[BaseException] = []
    is_over = threading.Event()

    def records() -> Iterator[Record]:
        for pk, title in list(last.items()):  # read after the rebuild began
            yield clip(pk, title)

    def rebuild() -> None:
        try:
            while not is_over.is_set():
                engine.rebuild(records())
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            errors.append(error)

    rebuilding = threading.Thread(target=rebuild)
    rebuilding.start()
    for turn in range(120):
        pk = turn * 7 % 50
        if turn % 3:
            last[pk] = f"Toán {pk} lần {turn}"
            engine.put(clip(pk, last[pk]))
        else:
            last.pop(pk, None)
            engine.remove(pk)
    is_over.set()
    rebuilding.join()
    assert errors == []
    with Elasticsearch(node.url) as client:
        client.indices.refresh(index=Names("public").live)
    hits = index.ask(engine, Query("toan", limit=100)).hits
    shown = {hit.id: "".join(text for text, _ in hit.title_highlight) for hit in hits}
    assert shown == last
