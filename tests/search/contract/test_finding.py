"""Every engine finds a clip however it is spelt."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip, cue
from tests.search.contract.asking import fill, found, titles


@pytest.mark.parametrize(
    "typed",
    [
        "toan hoc",
        "TOÁN HỌC",
        "Toán học",
        "to\u200bán  học",
        unicodedata.normalize("NFD", "toán học"),
        "“toán” – (học)!",
        "hoc toan",
    ],
)
def test_every_way_of_typing_finds_the_clip(engine: Engine, typed: str) -> None:
    fill(engine, clip(1, "Toán học vui"), clip(2, "Ngữ văn"))
    assert found(engine, typed) == [1]


def test_a_decomposed_title_is_found_and_shown_composed(engine: Engine) -> None:
    fill(engine, clip(1, unicodedata.normalize("NFD", "Đường thẳng")))
    assert found(engine, "đường thẳng") == [1]
    assert titles(ask(engine, Query("duong"))) == ["Đường thẳng"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("duong", "Qua đường an toàn"),
        ("ðường", "Qua đường an toàn"),
        ("ky nang", "Kĩ năng sống"),
        ("kỹ năng", "Kĩ năng sống"),
        ("vat ly", "Vật lí 10"),
        ("vật lý", "Vật lí 10"),
        ("hoà bình", "Ngày hòa bình"),
        ("hòa bình", "Ngày hoà bình"),
        ("qui tac", "Quy tắc đạo hàm"),
        ("h2so4", "Axit H₂SO₄"),
        ("lop 12", "Ôn tập lớp 12"),
    ],
)
def test_spelling_never_hides_a_clip(engine: Engine, typed: str, title: str) -> None:
    fill(engine, clip(1, title), clip(2, "Chuyện khác"))
    assert found(engine, typed) == [1]


def test_all_words_must_be_there_wherever_they_stand(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Hàm số bậc hai", subject=MATHS, grades=(Label("10", "Lớp 10"),)),
        clip(2, "Hàm số bậc hai", subject=MATHS, grades=(Label("12", "Lớp 12"),)),
        clip(3, "Đồ thị", captions=(cue(4, "hàm số là gì"),), subject=MATHS),
    )
    assert found(engine, "toán lớp 10") == [1]
    assert found(engine, "toán hàm số đồ thị") == [3]


def test_there_are_no_stop_words(engine: Engine) -> None:
    fill(engine, clip(1, "Được và mất"), clip(2, "Mất điện"))
    assert found(engine, "được") == [1]


def test_words_are_whole_words(engine: Engine) -> None:
    fill(engine, clip(1, "Toán"), clip(2, "Toa tàu"))
    assert found(engine, "toa") == [2]


def test_several_questions_at_once_are_answered_as_each_alone(engine: Engine) -> None:
    fill(engine, clip(1, "Toán vui"), clip(2, "Toán hình", captions=(cue(1, "vui"),)))
    both, neither = as_typed(Query("toan vui")), as_typed(Query("toan zzz"))
    questions = [neither, both, replace(neither, any_word=True), as_typed(Query())]
    alone = [replace(engine.find(one), partly=()) for one in questions]
    assert list(engine.find_each(questions)) == alone
    assert [hits.total for hits in alone] == [0, 2, 2, 2]
    assert not list(engine.find_each([]))
