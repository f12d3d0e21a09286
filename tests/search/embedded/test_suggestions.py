from __future__ import annotations

from search.completing import MOST
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
