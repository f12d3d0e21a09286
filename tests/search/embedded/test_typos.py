from __future__ import annotations

import pytest

from search.embedded import generations
from search.embedded.models import Generation, Word
from search.embedded.typos import forgiven, is_one_edit, known, neighbours
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import clip


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("truong", "truong", False),
        ("truong", "trung", True),
        ("trung", "truong", True),
        ("truong", "truongg", True),
        ("truong", "ttruong", True),
        ("truong", "trupng", True),
        ("truong", "turong", True),
        ("truong", "truogn", True),
        ("truong", "rtuong", True),
        ("truong", "tuonrg", False),
        ("truong", "trupgn", False),
        ("truong", "truon", True),
        ("truong", "truo", False),
        ("a", "", True),
    ],
)
def test_one_edit(one: str, other: str, is_one: bool) -> None:
    assert is_one_edit(one, other) is is_one


def live() -> int:
    generation = generations.live("public")
    assert generation is not None
    return generation


def test_neighbours_are_known_now_and_the_most_frequent_come_first(
    engine: Engine,
) -> None:
    for pk, title in enumerate(("Trung", "Trượng", "Trường", "Trương", "Xương"), 1):
        engine.put(clip(pk, title))
    assert neighbours("truongg", live()) == ["truong"]
    assert neighbours("trumg", live()) == ["trung"]
    assert neighbours("trng", live()) == ["trung"]
    engine.put(clip(9, "Trùng"))
    assert neighbours("truog", live()) == ["truong", "trung"]
    engine.remove(1)
    engine.remove(9)
    assert not known("trung", live())
    assert neighbours("trng", live()) == []


def test_a_word_that_nobody_wrote_is_replaced_and_a_known_one_is_kept(
    engine: Engine,
) -> None:
    engine.put(clip(1, "Trường trung học"))
    question = forgiven(as_typed(Query("truongg trung hocc")), live())
    rows = [[w[0].folded for w in wish.alternatives] for wish in question.wishes]
    assert rows == [["truong"], ["trung", "truong"], ["hocc"]]


def test_words_go_with_their_generation(engine: Engine) -> None:
    engine.rebuild([clip(1, "Toán vui 12 h2o")])
    engine.rebuild([clip(1, "Toán khác")])
    words = Word.objects.filter(generation__in=Generation.objects.all())
    assert set(words.values_list("folded", flat=True)) == {"toan", "khac"}
    assert Word.objects.count() == 2
