from __future__ import annotations

import pytest

from search.embedded import candidates
from search.index import Engine, ask
from search.queries import Query
from search.weights import WISH_HELD
from tests.search.clips import MATHS, clip


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MOST_WEIGHED", 3)


def ids(engine: Engine, text: str) -> list[int]:
    return [hit.id for hit in ask(engine, Query(text)).hits]


@pytest.mark.usefixtures("_few")
def test_of_too_many_those_with_the_words_in_title_and_names_are_weighed(
    engine: Engine,
) -> None:
    for pk in range(1, 7):
        engine.put(clip(pk, "Bài", description="toán", views=1000))
    engine.put(clip(10, "Bài", subject=MATHS))
    engine.put(clip(11, "Toán vui"))
    hits = ask(engine, Query("toan"))
    assert hits.total == 8
    assert [hit.id for hit in hits.hits] == [11, 10, 6]
    assert [hit.id for hit in ask(engine, Query("toan", offset=1)).hits] == [10, 6]


@pytest.mark.usefixtures("_few")
def test_marks_that_were_typed_decide_who_is_weighed(engine: Engine) -> None:
    for pk in range(1, 6):
        engine.put(clip(pk, "Toàn cảnh", views=1000))
    engine.put(clip(10, "Bài", description="toán"))
    assert ids(engine, "toán")[0] == 10
    assert 10 not in ids(engine, "toan")


@pytest.mark.usefixtures("_few")
def test_where_any_word_suffices_most_words_are_weighed(engine: Engine) -> None:
    for pk in range(1, 6):
        engine.put(clip(pk, "Quang đãng", views=1000))
    engine.put(clip(10, "Bài", description="quang hợp"))
    assert ids(engine, "quang hop zzzz")[0] == 10


@pytest.mark.usefixtures("_few")
def test_of_those_with_most_words_the_best_are_first_and_all_are_there(
    engine: Engine,
) -> None:
    for pk in range(1, 6):
        engine.put(clip(pk, "Bài", description="quang hợp ở lá", views=pk))
    engine.put(clip(10, "Quang hợp", views=0))
    engine.put(clip(11, "Lá"))
    engine.put(clip(12, "Quang phổ của lá"))
    hits = ask(engine, Query("quang hop la zzzz")).hits
    assert [hit.id for hit in hits] == [5, 4, 3, 10, 12, 11]
    worth = [int(hit.score) // WISH_HELD for hit in hits]
    assert worth == [3, 3, 3, 2, 2, 1]
    second = ask(engine, Query("quang hop la zzzz", offset=3, limit=2)).hits
    assert [hit.id for hit in second] == [10, 12]


@pytest.mark.usefixtures("_few")
def test_what_an_abbreviation_stands_for_is_weighed_too(engine: Engine) -> None:
    for pk in range(1, 6):
        engine.put(clip(pk, "Bài", description="giáo dục công dân"))
    assert len(ids(engine, "gdcd")) == 3


@pytest.mark.usefixtures("_few")
def test_without_words_to_weigh_everything_is_shown(engine: Engine) -> None:
    for pk in range(1, 6):
        engine.put(clip(pk, "Toán"))
    assert ids(engine, "") == [5, 4, 3, 2, 1]
