from __future__ import annotations

import pytest
from django.db.models.expressions import RawSQL

from search.embedded.ranking import (
    FIELDS,
    MARKS_ANYWHERE,
    NEIGHBOURS_ANYWHERE,
    WHOLE_TITLE,
    WISH_HELD,
    marks_are_meant,
    score,
)
from search.embedded.terms import popularity
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from search.text import tokens
from tests.search.clips import MATHS, clip, cue


def test_a_better_place_is_worth_more_than_all_worse_ones_together() -> None:
    worth = [part.word for part in FIELDS]
    for at, value in enumerate(worth):
        assert value > sum(worth[at + 1 :])


def test_exact_marks_outweigh_a_better_place_and_views_outweigh_nothing() -> None:
    assert sum(part.word for part in FIELDS) <= MARKS_ANYWHERE
    assert popularity(10**9) <= min(part.word for part in FIELDS)


@pytest.mark.parametrize(
    ("typed", "looks_at_marks"), [("hoa hoc", False), ("hoa học", True)]
)
def test_marks_are_looked_at_only_for_words_typed_with_them(
    db: None, typed: str, looks_at_marks: bool
) -> None:
    expression = score(as_typed(Query(typed)))
    assert isinstance(expression, RawSQL)
    assert ("title_keys" in expression.sql) is looks_at_marks
    assert not any("=hoa" in str(p) for p in expression.params)


def test_the_sum_is_what_it_says(engine: Engine) -> None:
    engine.put(clip(1, "Toán học", subject=MATHS, description="Học nữa"))
    (hit,) = ask(engine, Query("toan hoc")).hits
    title, names, description = FIELDS
    in_title = 2 * title.word + title.pair + WHOLE_TITLE + 2
    elsewhere = names.word + description.word + NEIGHBOURS_ANYWHERE
    assert int(hit.score) == in_title + elsewhere


def test_one_word_typed_with_marks_and_one_without(engine: Engine) -> None:
    engine.put(clip(1, "Hoa học trò"))
    engine.put(clip(2, "Hóa học 11"))
    assert [hit.id for hit in ask(engine, Query("hóa hoc")).hits] == [2, 1]
    assert [hit.id for hit in ask(engine, Query("hoa học")).hits] == [2, 1]


def test_one_more_word_held_is_worth_more_than_the_best_place_of_another() -> None:
    places = sum(part.word + part.marks + 2 * part.pair for part in FIELDS)
    assert places + MARKS_ANYWHERE + WHOLE_TITLE + 3 < WISH_HELD


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoa hoc", False),
        ("hoa học", False),
        ("hoa học trò", True),
        ("hóa hoc 11", False),
        ("học trò", True),
        ("toan học trò vui xxx", False),
    ],
)
def test_bare_words_are_meant_bare_where_most_are_marked(
    typed: str, meant: bool
) -> None:
    assert marks_are_meant(tokens(typed)) is meant


def test_a_bare_word_among_marked_ones_prefers_its_own_spelling(
    engine: Engine,
) -> None:
    engine.put(clip(1, "Hoa học trò"))
    engine.put(clip(2, "Hóa học trò chuyện"))
    engine.put(clip(3, "Hóa học trò chuyện", views=10**6))
    assert [hit.id for hit in ask(engine, Query("hoa học trò")).hits] == [1, 3, 2]


def test_a_title_with_other_marks_is_worth_less_than_the_right_subject(
    engine: Engine,
) -> None:
    engine.put(clip(1, "Đạo hàm", subject=MATHS))
    engine.put(clip(2, "Toàn cảnh", captions=(cue(1, "môn toán"),)))
    assert [hit.id for hit in ask(engine, Query("toán")).hits] == [1, 2]
