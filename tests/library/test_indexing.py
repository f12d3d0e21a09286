"""The search is told by job rows what the public may find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.db.models.functions import Now
from pytest_django import Settings
from wagtail.models import PageViewRestriction

from library import indexing, journey
from library.clips import records
from library.clips.models import ClipPage
from library.founding import found
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from search import index
from search.documents import Record
from search.embedded.engine import EmbeddedEngine
from search.errors import NotBuiltError, SearchUnavailableError
from search.queries import Query
from tests.cast import Cast
from tests.factories import playable_clip, published_clip

pytestmark = [pytest.mark.ffmpeg, pytest.mark.django_db]


class Server(EmbeddedEngine):
    """A server beside the embedded engine: up, away, or without its index."""

    error: ClassVar[SearchUnavailableError | None] = None

    def __init__(self) -> None:
        super().__init__("server")

    def ready(self) -> None:
        if Server.error:
            raise Server.error

    def put(self, record: Record) -> None:
        self.ready()
        super().put(record)

    def remove(self, record_id: int) -> None:
        self.ready()
        super().remove(record_id)

    def withhold(self, record_id: int) -> None:
        """As a server does: told later."""


@pytest.fixture
def server(settings: Settings, local_storages: Path) -> Iterator[type[Server]]:
    settings.SEARCH_ENGINE = f"{__name__}.Server"
    settings.SEARCH_FALLBACK = "search.embedded.engine.EmbeddedEngine"
    yield Server
    Server.error = None
    index.server.worked()


@pytest.fixture
def clip(cast: Cast, server: type[Server]) -> ClipPage:
    found()
    made = published_clip(cast.school_a, cast.lan, by=cast.an, title="Bài thử")
    worker.drain()
    return made


def total(engine: EmbeddedEngine, text: str = "bai thu") -> int:
    return index.ask(engine, Query(text)).total


def job_of(clip: ClipPage) -> Job:
    return Job.objects.get(key=f"index/{clip.pk}")


def test_writes_of_one_clip_are_one_row(clip: ClipPage) -> None:
    for _ in range(3):
        journey.reindex(clip.pk)
    assert indexing.waiting().count() == 1
    worker.drain()
    assert indexing.waiting().count() == 0
    assert total(Server()) == total(EmbeddedEngine()) == 1


def test_an_outage_is_outlived_however_long_it_takes(
    clip: ClipPage, server: type[Server]
) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(title="Tên khác")
    journey.reindex(clip.pk)
    server.error = SearchUnavailableError("away")
    worker.drain()
    assert job_of(clip).state == Job.State.QUEUED
    assert total(EmbeddedEngine(), "ten khac") == 1
    Job.objects.update(attempt=500, run_after=Now())
    worker.drain()
    assert job_of(clip).state == Job.State.QUEUED
    assert indexing.catch_up() == 0

    server.error = None
    index.server.worked()
    assert indexing.catch_up() == 1
    worker.drain()
    assert total(Server(), "ten khac") == 1
    assert indexing.catch_up() == 0


def test_a_server_without_its_index_gets_a_whole_one(
    clip: ClipPage, server: type[Server]
) -> None:
    Server().drop()
    server.error = NotBuiltError("no such index")
    journey.reindex(clip.pk)
    worker.drain()
    assert total(Server()) == 1
    assert Job.objects.get(key="index").result == {"clips": 1}
    assert job_of(clip).state == Job.State.QUEUED  # until it is told that there is one


def test_a_missing_index_is_noticed_before_anything_is_published(
    server: type[Server], cast: Cast
) -> None:
    server.error = NotBuiltError("no such index")
    indexing.catch_up()
    assert Job.objects.get().kind == "build_index"


def test_without_a_server_there_is_nothing_to_catch_up_with(
    settings: Settings, db: None
) -> None:
    settings.SEARCH_FALLBACK = ""
    assert indexing.catch_up() == 0
    assert not Job.objects.exists()


def test_a_write_that_a_withdrawal_overtook_takes_itself_back(
    clip: ClipPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Server.put

    def withdrawn_meanwhile(self: Server, record: Record) -> None:
        ClipPage.objects.get(pk=clip.pk).unpublish()
        put(self, record)

    monkeypatch.setattr(Server, "put", withdrawn_meanwhile)
    indexing.write(job_of(clip))
    assert total(Server()) == total(EmbeddedEngine()) == 0


def test_a_withdrawn_clip_is_gone_from_the_embedded_index_at_once(
    clip: ClipPage,
) -> None:
    clip.unpublish()
    assert total(EmbeddedEngine()) == 0
    assert total(Server()) == 1  # that server; Elasticsearch hides what is withheld
    worker.drain()
    assert total(Server()) == 0


def test_what_lies_below_a_unit_is_found_by_a_job(cast: Cast) -> None:
    live = published_clip(cast.school_a, cast.lan, cast.an)
    playable_clip(cast.school_a, cast.lan, "Bản nháp")
    published_clip(cast.school_c, cast.bao, cast.an, "Nơi khác")
    Job.objects.all().delete()
    indexing.request_below("dong-xoai", [cast.district.pk])
    assert indexing.find_below(Job.objects.get()) == {"clips": 1}
    assert Job.objects.filter(key=f"index/{live.pk}").exists()


@pytest.mark.parametrize("place", ["clip", "school", "library"])
def test_a_clip_behind_a_privacy_rule_is_not_found_until_the_rule_is_gone(
    clip: ClipPage, cast: Cast, place: str
) -> None:
    page = {"clip": clip, "school": cast.school_a, "library": cast.library}[place]
    rule = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    worker.drain()
    assert total(Server()) == total(EmbeddedEngine()) == 0
    index.build(records.all_records)
    assert total(EmbeddedEngine()) == 0
    rule.delete()
    worker.drain()
    assert total(Server()) == total(EmbeddedEngine()) == 1
