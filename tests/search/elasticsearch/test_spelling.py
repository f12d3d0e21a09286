from __future__ import annotations

import pytest

from search.documents import Label
from search.elasticsearch import client
from search.elasticsearch.names import Names
from search.elasticsearch.spelling import Spellings
from search.index import Engine
from search.proposals import proposed
from search.text import tokens
from tests.search.clips import clip

pytestmark = pytest.mark.elasticsearch


def words(*hidden: int) -> Spellings:
    return Spellings(client.reading(), Names("public").live, hidden)


def test_neighbours_are_known_now_and_the_most_frequent_come_first(
    elasticsearch: Engine,
) -> None:
    for pk, title in enumerate(("Trung", "Trượng", "Trường", "Trương", "Xương"), 1):
        elasticsearch.put(clip(pk, title))
    assert words().neighbours("truongg") == ["truong"]
    assert words().neighbours("trumg") == ["trung"]
    elasticsearch.put(clip(9, "Trùng"))
    assert words().neighbours("truog") == ["truong", "trung"]
    assert words().knows("trung")
    assert not words(1, 9).knows("trung")
    elasticsearch.remove(1)
    elasticsearch.remove(9)
    assert not words().knows("trung")
    assert words().neighbours("trng") == []


def test_codes_are_no_spelling_and_what_is_hidden_is_not_proposed(
    elasticsearch: Engine,
) -> None:
    series = Label("s", "Shore")
    elasticsearch.put(clip(1, "A", licence="shorts", duration_ms=9, series=series))
    assert proposed(tokens("shortt"), words()) is None
    assert proposed(tokens("shor"), words()) == "Shore"
    assert proposed(tokens("shor"), words(1)) is None


def test_any_word_can_be_asked_about_and_each_has_its_own_answer(
    elasticsearch: Engine,
) -> None:
    elasticsearch.put(clip(1, "Text term size suggest"))
    typed = ["textt", "term", "sizee"]
    several = Spellings(client.reading(), Names("public").live, (), typed)
    assert [several.neighbours(word) for word in typed] == [["text"], [], ["size"]]
    assert several.knows("term")
    assert words().knows("text")
