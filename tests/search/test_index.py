from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import Settings

from search import index
from search.documents import Record
from search.embedded.engine import EmbeddedEngine
from search.embedded.shelves import Shelf
from search.errors import SearchUnavailableError
from search.queries import Query
from search.questions import Question
from search.results import Hits
from tests.search.clips import clip

ELSEWHERE = "tests.search.test_index.ElsewhereEngine"


class ElsewhereEngine(EmbeddedEngine):
    name = "elsewhere"

    def __init__(self) -> None:
        super().__init__("elsewhere")


class DownEngine(EmbeddedEngine):
    """A server that is away whenever somebody says so."""

    name = "down"
    is_down = False

    def __init__(self) -> None:
        super().__init__("down")

    def _find(self, question: Question, shelf: Shelf | None) -> Hits:
        self.ready()
        return super()._find(question, shelf)

    def put(self, record: Record) -> None:
        self.ready()
        super().put(record)

    def ready(self) -> None:
        if DownEngine.is_down:
            raise SearchUnavailableError("away")


@pytest.fixture
def two_engines(settings: Settings, db: None) -> Iterator[type[DownEngine]]:
    """A server, and the embedded engine behind it."""
    settings.SEARCH_ENGINE = f"{__name__}.DownEngine"
    settings.SEARCH_FALLBACK = "search.embedded.engine.EmbeddedEngine"
    yield DownEngine
    DownEngine.is_down = False
    index.server.worked()


def test_the_settings_choose_the_engine() -> None:
    assert index.engine().name == "embedded"
    with override_settings(SEARCH_ENGINE=ELSEWHERE):
        assert index.engine().name == "elsewhere"
    assert index.engine().name == "embedded"


@pytest.mark.django_db
def test_what_goes_in_by_the_door_comes_out_by_it() -> None:
    index.put(clip(1, "Toán"))
    assert index.search(Query("toan")).total == 1
    assert not index.search(Query("toan")).any_word
    assert [found.text for found in index.suggest("to")] == ["Toán"]
    assert index.moments(1, Query("toan")) == ()
    index.check()
    index.remove(1)
    assert index.rebuild(lambda: [clip(2, "Vật lí")]) == 1
    assert [hit.id for hit in index.search(Query()).hits] == [2]


@pytest.mark.django_db
def test_two_indexes_know_nothing_of_each_other() -> None:
    index.put(clip(1, "Toán"))
    with override_settings(SEARCH_ENGINE=ELSEWHERE):
        assert index.search(Query()).total == 0
        index.put(clip(1, "Toán khác"))
        index.rebuild(lambda: [clip(2, "Toán khác nữa")])
    assert [hit.id for hit in index.search(Query("toan")).hits] == [1]


def test_with_a_server_both_engines_know_what_was_put(
    two_engines: type[DownEngine],
) -> None:
    index.put(clip(1, "Toán"))
    for one in (two_engines(), EmbeddedEngine()):
        assert index.ask(one, Query("toan")).total == 1
    assert index.rebuild(lambda: [clip(2, "Lí"), clip(3, "Hóa")]) == 2
    for one in (two_engines(), EmbeddedEngine()):
        assert index.ask(one, Query("toan")).total == 0
        assert index.ask(one, Query("")).total == 2


def test_the_embedded_engine_answers_when_the_server_does_not(
    two_engines: type[DownEngine],
) -> None:
    index.put(clip(1, "Toán"))
    two_engines().remove(1)
    assert index.search(Query("toan")).total == 0
    two_engines.is_down = True
    assert index.search(Query("toan")).total == 1
    assert index.server.is_open
    two_engines.is_down = False
    assert index.search(Query("toan")).total == 1  # it is left alone for a while
    index.server.worked()
    assert index.search(Query("toan")).total == 0


def test_a_write_that_the_server_does_not_take_is_told_and_kept_by_the_other(
    two_engines: type[DownEngine],
) -> None:
    two_engines.is_down = True
    for _ in range(2):
        with pytest.raises(SearchUnavailableError):
            index.put(clip(1, "Toán"))
    assert index.search(Query("toan")).total == 1


def test_a_withheld_clip_is_found_by_neither(two_engines: type[DownEngine]) -> None:
    index.put(clip(1, "Toán"))
    index.withhold(1)
    for one in (two_engines(), EmbeddedEngine()):
        assert index.ask(one, Query("toan")).total == 0
    index.release(1)


def test_the_check_says_what_is_wrong_and_who_answers_meanwhile(
    two_engines: type[DownEngine],
) -> None:
    index.check()
    index.ready()
    two_engines.is_down = True
    with pytest.raises(SearchUnavailableError, match="embedded index answers"):
        index.check()


def test_only_the_servers_index_is_built_where_it_lost_it(
    two_engines: type[DownEngine],
) -> None:
    assert index.build(lambda: [clip(1, "Toán")]) == 1
    assert index.ask(EmbeddedEngine(), Query("toan")).total == 0
