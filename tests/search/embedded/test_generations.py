from __future__ import annotations

import pytest

from search.embedded import generations
from search.embedded.engine import EmbeddedEngine
from search.embedded.models import Document, Generation, Index, Label
from search.errors import RebuildOvertakenError
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, clip


def test_reading_makes_no_index(engine: Engine) -> None:
    assert ask(engine, Query("toan")).total == 0
    assert engine.suggest("toan", 5) == ()
    assert not Index.objects.exists()


def test_a_rebuild_that_is_overtaken_gives_up_and_the_later_one_stays(
    engine: Engine,
) -> None:
    engine.put(clip(1, "Cũ"))

    def slow() -> object:
        yield clip(2, "Chậm")
        engine.rebuild([clip(3, "Nhanh")])
        yield from (clip(pk, "Chậm") for pk in range(10, 210))

    with pytest.raises(RebuildOvertakenError):
        engine.rebuild(slow())  # type: ignore[arg-type]
    assert [hit.id for hit in ask(engine, Query()).hits] == [3]
    assert Generation.objects.count() == 1


def test_one_generation_is_left_after_each_end(engine: Engine) -> None:
    engine.rebuild([clip(1, "Toán", subject=MATHS)])
    with pytest.raises(ZeroDivisionError):
        engine.rebuild(clip(1 // (pk - 150), "Toán") for pk in range(300))
    assert Generation.objects.count() == 1
    assert Document.objects.count() == Label.objects.count() == 1
    assert Index.objects.get().building is None


def test_a_rebuild_that_was_killed_is_swept_by_the_next(engine: Engine) -> None:
    engine.put(clip(1, "Cũ"))
    generations.begin("public")
    engine.put(clip(2, "Vẫn ghi"))
    assert ask(engine, Query()).total == 2
    assert Document.objects.filter(clip=2).count() == 2
    engine.rebuild([clip(3, "Mới")])
    assert list(Document.objects.values_list("clip", flat=True)) == [3]
    assert Generation.objects.count() == 1


def test_a_dropped_index_leaves_no_row(engine: Engine) -> None:
    scratch = EmbeddedEngine("scratch")
    scratch.put(clip(1, "Toán", subject=MATHS))
    generations.drop("scratch")
    for model in (Document, Label, Generation, Index):
        assert not model.objects.exists()
    generations.drop("scratch")
