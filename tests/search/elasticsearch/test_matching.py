from __future__ import annotations

import pytest

from search.elasticsearch.matching import chosen, withheld
from search.index import Engine
from search.queries import Query
from search.questions import Question, Wish
from search.text import tokens
from tests.search.clips import clip, cue

pytestmark = pytest.mark.elasticsearch


def wish(*alternatives: str) -> Wish:
    return Wish(tuple(tokens(text) for text in alternatives))


def ids(engine: Engine, question: Question) -> list[int]:
    return sorted(hit.id for hit in engine.find(question).hits)


def asked(*wishes: Wish, any_word: bool = False) -> Question:
    text = " ".join(word.text for one in wishes for word in one.typed)
    return Question(Query(text), wishes, any_word)


@pytest.fixture
def engine(elasticsearch: Engine) -> Engine:
    return elasticsearch


def test_an_alternative_stands_in_a_row_and_what_was_typed_anywhere(
    engine: Engine,
) -> None:
    engine.put(clip(1, "Trường THPT Hùng Vương"))
    engine.put(clip(2, "Trung học phổ thông"))
    engine.put(clip(3, "Phổ thông trung học"))
    engine.put(clip(4, "Bài", captions=(cue(1, "ở trung học phổ thông ta"),)))
    question = asked(wish("thpt", "trung học phổ thông"))
    assert ids(engine, question) == [1, 2, 4]
    assert ids(engine, asked(wish("hùng trường"))) == [1]


def test_a_row_does_not_go_from_one_caption_to_the_next(engine: Engine) -> None:
    engine.put(clip(1, "Bài", captions=(cue(1, "an toàn"), cue(9, "giao thông"))))
    assert ids(engine, asked(wish("atgt", "an toàn giao thông"))) == []


def test_of_any_word_those_with_more_come_first(engine: Engine) -> None:
    engine.put(clip(1, "Toán", views=90_000))
    engine.put(clip(2, "Bài", captions=(cue(1, "toán với hình"),)))
    question = asked(wish("toan"), wish("hinh"), wish("zzz"), any_word=True)
    assert [hit.id for hit in engine.find(question).hits] == [2, 1]


def test_nothing_chosen_narrows_nothing() -> None:
    question = asked(wish("toan"))
    assert chosen(question).to_dict() == {"match_all": {}}
    assert withheld(()) == []
