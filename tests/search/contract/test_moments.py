"""Every engine says where in one clip the words are said."""

from __future__ import annotations

import dataclasses

import pytest

from search.index import Engine
from search.queries import Query
from tests.search.clips import clip, cue
from tests.search.contract.asking import fill

TALK = (
    cue(90, "Đạo hàm của tổng"),
    cue(5, "Hàm số là gì"),
    cue(30, "Nhắc lại: dao ham"),
    cue(60, "đạo đức của người thầy"),
    cue(20, "an toàn giao thông"),
    cue(70, "hàm thì đạo"),
    cue(80, "đạo hàm"),
)


def moments(engine: Engine, typed: str, clip_id: int = 1) -> list[int]:
    found = engine.moments(clip_id, Query(typed))
    return [moment.start_ms // 1000 for moment in found]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine, clip(1, "Bài", captions=TALK), clip(2, "Đạo hàm", captions=TALK[:1]))
    return engine


@pytest.mark.parametrize("typed", ["dao ham", "đạo hàm", "ĐẠO HÀM"])
def test_all_moments_of_one_clip_come_in_the_order_of_time(
    filled: Engine, typed: str
) -> None:
    assert moments(filled, typed) == [30, 70, 80, 90]


def test_a_moment_has_its_end_its_words_and_their_places(filled: Engine) -> None:
    first = filled.moments(1, Query("dao ham"))[0]
    assert (first.end_ms, first.text) == (32_000, "Nhắc lại: dao ham")
    assert first.highlight == (("Nhắc lại: ", False), ("dao ham", True))


def test_what_an_abbreviation_stands_for_is_a_moment(filled: Engine) -> None:
    assert moments(filled, "atgt") == [20]


@pytest.mark.parametrize("typed", ["", "quang hợp", "🙂", "\u0301", "'", '"*'])
def test_what_is_not_said_has_no_moment(filled: Engine, typed: str) -> None:
    assert moments(filled, typed) == []


def test_a_clip_that_is_not_public_has_no_moments(filled: Engine) -> None:
    assert moments(filled, "dao ham", 404) == []
    filled.put(dataclasses.replace(clip(1, "Bài", captions=TALK), public=False))
    assert moments(filled, "dao ham") == []
    assert moments(filled, "dao ham", 2) == [90]
    filled.remove(2)
    assert moments(filled, "dao ham", 2) == []
