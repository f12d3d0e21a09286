"""Every engine completes what is being typed."""

from __future__ import annotations

import pytest

from search.documents import Label
from search.index import Engine
from tests.search.clips import CHEMISTRY, PROVINCE, clip
from tests.search.contract.asking import fill


def suggested(engine: Engine, prefix: str, limit: int = 8) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in engine.suggest(prefix, limit)]


@pytest.mark.parametrize(
    "typed", ["da", "Đạ", "đạo h", "dao ha", "dao ham ", "DAO HAM"]
)
def test_the_last_word_may_be_half_typed(engine: Engine, typed: str) -> None:
    fill(engine, clip(1, "Đạo hàm của hàm số"), clip(2, "Tích phân"))
    assert suggested(engine, typed) == [("clip", "Đạo hàm của hàm số")]


def test_a_finished_word_is_not_a_beginning(engine: Engine) -> None:
    fill(engine, clip(1, "Toán"), clip(2, "Toa tàu"))
    assert suggested(engine, "toa ") == [("clip", "Toa tàu")]


@pytest.mark.parametrize("typed", ["ky", "ki", "kỹ", "kĩ n", "ky nang s"])
def test_i_and_y_complete_alike(engine: Engine, typed: str) -> None:
    fill(engine, clip(1, "Kĩ năng sống"), clip(2, "Tích phân"))
    assert suggested(engine, typed) == [("clip", "Kĩ năng sống")]


def test_a_longer_word_with_y_is_completed_too(engine: Engine) -> None:
    fill(engine, clip(1, "Kyoto xưa"))
    assert suggested(engine, "ky") == [("clip", "Kyoto xưa")]


def test_names_are_suggested_before_titles_with_their_codes(engine: Engine) -> None:
    fill(
        engine,
        clip(
            7,
            "Hóa học vui",
            subject=CHEMISTRY,
            series=Label("s9", "Hóa học quanh ta"),
            units=(PROVINCE, Label("u2", "Hòa Hưng")),
            speakers=("Hoàng Lan",),
        ),
    )
    assert [(s.kind, s.code) for s in engine.suggest("ho", 9)] == [
        ("subject", "hoa-hoc"),
        ("series", "s9"),
        ("unit", "u2"),
        ("speaker", "Hoàng Lan"),
        ("clip", "7"),
    ]


def test_marks_typed_decide_between_suggestions(engine: Engine) -> None:
    fill(engine, clip(1, "Toán vui"), clip(2, "Toàn cảnh"))
    assert suggested(engine, "toá")[0] == ("clip", "Toán vui")
    assert suggested(engine, "toà")[0] == ("clip", "Toàn cảnh")


def test_suggestions_are_highlighted_bounded_and_each_text_once(
    engine: Engine,
) -> None:
    fill(engine, *(clip(pk, "Ôn thi") for pk in range(1, 5)), clip(9, "Ôn bài"))
    assert len(engine.suggest("on", 8)) == 2
    assert len(engine.suggest("on", 1)) == 1
    assert engine.suggest("on", 0) == engine.suggest("", 5) == ()
    assert engine.suggest("on th", 1)[0].highlight == (("Ôn thi", True),)
