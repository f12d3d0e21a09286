from __future__ import annotations

import pytest

from search.queries import Query
from search.questions import Question, Wish, as_typed, attempts, with_synonyms
from search.text import tokens


@pytest.mark.parametrize(
    ("text", "answerable"), [("", True), ("toan", True), ("🙂", False), ("*", False)]
)
def test_what_is_typed_must_hold_a_word(text: str, answerable: bool) -> None:
    assert as_typed(Query(text)).is_answerable is answerable


def test_each_word_is_a_wish_in_the_order_of_typing() -> None:
    question = as_typed(Query("Toán lớp 10"))
    assert [wish.typed[0].text for wish in question.wishes] == ["Toán", "lớp", "10"]
    assert [word.folded for word in question.words] == ["toan", "lop", "10"]
    assert not question.any_word
    assert not question.typos


def test_what_words_stand_for_is_shown_but_was_not_typed() -> None:
    wish = Wish((tokens("thpt"), tokens("Trung học phổ thông")))
    question = Question(Query("thpt"), (wish,))
    assert [word.folded for word in question.words] == ["thpt"]
    assert question.shown == {"thpt", "trung", "hoc", "pho", "thong"}


def test_what_says_the_typed_words_too_is_fuller_and_the_rest_is_instead() -> None:
    history, times, sand = tokens("lịch sử"), tokens("thời xưa"), tokens("lịch sửa")
    wish = Wish((tokens("sử"), history, times, sand))
    assert wish.fuller == [history]
    assert wish.instead == [times, sand]


@pytest.mark.django_db
def test_attempts_go_from_what_was_typed_to_any_word() -> None:
    def asked(text: str) -> list[str]:
        return [
            "any" if one.any_word else "typos" if one.typos else one.meant or "typed"
            for one in attempts(Query(text))
        ]

    assert asked("") == ["typed"]
    assert asked("toan") == ["typed"]
    assert asked("truong") == ["typed", "typos"]
    assert asked("toan hoc") == ["typed", "any"]
    assert asked("truowngf hocj") == ["typed", "trường học", "typos", "any"]
    assert asked("truong10 k10") == ["typed", "truong 10 k10", "any"]


@pytest.mark.django_db
def test_a_row_that_stands_for_something_is_one_wish() -> None:
    question = with_synonyms(Query("thi trung học phổ thông"))
    assert [len(wish.typed) for wish in question.wishes] == [1, 4]
    assert [[w.text for w in row] for row in question.wishes[1].others] == [["thpt"]]
    assert question.words == as_typed(question.query).words
