from __future__ import annotations

from search.embedded import generations
from search.embedded.models import Generation, Word
from search.embedded.typos import Words
from search.index import Engine
from tests.search.clips import clip


def words() -> Words:
    shelf = generations.reading("public")
    assert shelf is not None
    return Words(shelf)


def test_neighbours_are_known_now_and_the_most_frequent_come_first(
    engine: Engine,
) -> None:
    for pk, title in enumerate(("Trung", "Trượng", "Trường", "Trương", "Xương"), 1):
        engine.put(clip(pk, title))
    assert words().neighbours("truongg") == ["truong"]
    assert words().neighbours("trumg") == ["trung"]
    assert words().neighbours("trng") == ["trung"]
    engine.put(clip(9, "Trùng"))
    assert words().neighbours("truog") == ["truong", "trung"]
    engine.remove(1)
    engine.remove(9)
    assert not words().knows("trung")
    assert words().neighbours("trng") == []


def test_words_go_with_their_generation(engine: Engine) -> None:
    engine.rebuild([clip(1, "Toán vui 12 h2o")])
    engine.rebuild([clip(1, "Toán khác")])
    words = Word.objects.filter(generation__in=Generation.objects.all())
    assert set(words.values_list("folded", flat=True)) == {"toan", "khac"}
    assert Word.objects.count() == 2
