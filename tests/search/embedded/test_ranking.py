from __future__ import annotations

import pytest
from django.db.models.expressions import RawSQL

from search.embedded.ranking import score
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from search.weights import BEGINS_TITLE, FIELDS, NEIGHBOURS_ANYWHERE, WHOLE_TITLE
from tests.search.clips import MATHS, clip


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
    in_title = 2 * title.word + title.pair + WHOLE_TITLE + BEGINS_TITLE
    elsewhere = names.word + description.word + NEIGHBOURS_ANYWHERE
    assert int(hit.score) == in_title + elsewhere


def test_one_word_typed_with_marks_and_one_without(engine: Engine) -> None:
    engine.put(clip(1, "Hoa học trò"))
    engine.put(clip(2, "Hóa học 11"))
    assert [hit.id for hit in ask(engine, Query("hóa hoc")).hits] == [2, 1]
    assert [hit.id for hit in ask(engine, Query("hoa học")).hits] == [2, 1]
