from __future__ import annotations

import pytest
from django.test import override_settings

from search import index
from search.embedded.engine import EmbeddedEngine
from search.queries import Query
from tests.search.clips import clip

ELSEWHERE = "tests.search.test_index.ElsewhereEngine"


class ElsewhereEngine(EmbeddedEngine):
    name = "elsewhere"

    def __init__(self) -> None:
        super().__init__("elsewhere")


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
    assert index.rebuild([clip(2, "Vật lí")]) == 1
    assert [hit.id for hit in index.search(Query()).hits] == [2]


@pytest.mark.django_db
def test_two_indexes_know_nothing_of_each_other() -> None:
    index.put(clip(1, "Toán"))
    with override_settings(SEARCH_ENGINE=ELSEWHERE):
        assert index.search(Query()).total == 0
        index.put(clip(1, "Toán khác"))
        index.rebuild([clip(2, "Toán khác nữa")])
    assert [hit.id for hit in index.search(Query("toan")).hits] == [1]
