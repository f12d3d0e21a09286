from __future__ import annotations

import pytest

from search.completing import MOST
from search.embedded import suggestions
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import CHEMISTRY, clip


def test_what_begins_like_this_comes_before_what_holds_it(engine: Engine) -> None:
    for pk, title in enumerate(("Bài hàm số", "Hàm và số", "Hàm số", "Số hàm"), 1):
        engine.put(clip(pk, title))
    assert [s.code for s in engine.suggest("ham so", 9)] == ["3", "1", "4", "2"]


def test_a_label_no_clip_carries_any_more_is_not_suggested(engine: Engine) -> None:
    engine.put(clip(1, "A", subject=CHEMISTRY))
    engine.put(clip(1, "A"))
    assert ask(engine, Query("", {"subject": (CHEMISTRY.code,)})).total == 0
    assert engine.suggest("hoa", 9) == ()


def test_no_more_than_a_screenful_is_ever_suggested(engine: Engine) -> None:
    engine.rebuild(clip(pk, f"Bài {pk}") for pk in range(MOST + 5))
    assert len(engine.suggest("bai", 10_000)) == MOST
    assert engine.suggest("bai", -1) == ()


def test_a_title_is_completed_however_many_are_newer(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_NEWEST_READ", 3)
    engine.put(clip(1, "Đạo hàm"))
    for pk in range(2, 9):
        engine.put(clip(pk, "Bài giảng"))
    assert [s.text for s in engine.suggest("dao h", 5)] == ["Đạo hàm"]
    assert [s.text for s in engine.suggest("b", 5)] == ["Bài giảng"]
