from __future__ import annotations

import random

import pytest
from django.db import transaction

from search.documents import Label, Record
from search.embedded import blocks, generations
from search.embedded.models import Document
from search.embedded.shelves import Shelf
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, PHYSICS, clip


def live() -> Shelf:
    shelf = generations.reading("public")
    assert shelf is not None
    return shelf


def clips(shelf: Shelf, ids: list[int]) -> list[int]:
    rows = dict(Document.objects.filter(pk__in=ids).values_list("pk", "clip"))
    return [rows[pk] for pk in ids]


def counted(shelf: Shelf, found: int) -> dict[str, int]:
    return {label.code: number for label, number in shelf.counted(found)}


def test_an_empty_generation_has_nothing_on_its_shelf(engine: Engine) -> None:
    engine.rebuild([])
    shelf = live()
    assert shelf.every == shelf.holding([["toan"]]) == 0
    assert shelf.ids(shelf.every) == []
    assert counted(shelf, shelf.every) == {}


def test_labels_are_counted_whether_rare_or_not(engine: Engine) -> None:
    rare, often = Label("rare", "Hiếm"), Label("often", "Nhiều")
    engine.rebuild(
        clip(pk, "Bài", subject=MATHS, series=rare if pk < 3 else often)
        for pk in range(600)
    )
    shelf = live()
    assert counted(shelf, shelf.every) == {"toan": 600, "rare": 3, "often": 597}
    assert shelf.rarely
    assert shelf.often
    first = shelf.carrying("series", "rare")
    assert counted(shelf, first) == {"toan": 3, "rare": 3}
    assert clips(shelf, shelf.ids(first)) == [0, 1, 2]
    assert shelf.carrying("series", "toan") == 0


def test_what_is_written_is_on_the_shelf_at_once(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    engine.put(clip(2, "Lí", subject=PHYSICS))
    assert counted(live(), live().every) == {MATHS.code: 1, PHYSICS.code: 1}
    engine.put(clip(1, "Toán", subject=PHYSICS))
    assert counted(live(), live().every) == {PHYSICS.code: 2}
    engine.remove(2)
    assert counted(live(), live().every) == {PHYSICS.code: 1}


def test_what_was_taken_back_was_never_there(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    with transaction.atomic():
        engine.put(clip(2, "Lí", subject=PHYSICS))
        assert ask(engine, Query()).total == 2
        transaction.set_rollback(True)
    assert ask(engine, Query()).total == 1
    engine.put(clip(3, "Khác"))
    assert [hit.id for hit in ask(engine, Query()).hits] == [3, 1]


def test_documents_of_several_blocks_are_found_together(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "SIZE", 16)
    monkeypatch.setattr(blocks, "_ALL_BITS", 2)
    engine.rebuild(clip(pk, "Bài", subject=MATHS) for pk in range(100))
    for pk in range(0, 100, 3):
        engine.put(clip(pk, "Toán", subject=PHYSICS))
    for pk in range(40):
        engine.remove(pk)
    shelf = live()
    assert counted(shelf, shelf.every) == {PHYSICS.code: 20, MATHS.code: 40}
    toan = shelf.holding([["^toan"]])
    assert sorted(clips(shelf, shelf.ids(toan))) == list(range(42, 100, 3))


def numbered(pk: int, rng: random.Random) -> Record:
    return clip(pk, "Toán" if pk % 4 else "Lí", views=rng.randrange(50))


@pytest.mark.parametrize("number", [1, 7, 40])
@pytest.mark.parametrize("word", ["toan", "li"])
@pytest.mark.parametrize("order", [("-lift", "-pk"), ("-views", "-published", "-clip")])
def test_the_first_are_the_same_however_they_are_found(
    engine: Engine, word: str, number: int, order: tuple[str, ...]
) -> None:
    rng = random.Random(1)
    engine.rebuild(numbered(pk, rng) for pk in range(200))
    shelf = live()
    found = shelf.holding([[word]])
    ordered = shelf.first_of(found, order, 1_000)
    assert len(ordered) == found.bit_count()
    assert shelf.first_of(found, order, number) == ordered[:number]
