from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from search.embedded import generations
from search.embedded.matching import conditions, is_answerable, matching
from search.index import Engine
from search.queries import Query
from tests.search.clips import MATHS, clip


@pytest.mark.parametrize(
    ("text", "answerable"), [("", True), ("toan", True), ("🙂", False), ("*", False)]
)
def test_what_is_typed_must_hold_a_word(text: str, answerable: bool) -> None:
    assert is_answerable(Query(text)) is answerable


def test_the_choice_in_one_facet_can_be_left_out(engine: Engine) -> None:
    query = Query("toan", {"subject": ("toan",), "grade": ("10",)})
    assert len(conditions(query, 1)) == 3
    assert len(conditions(query, 1, besides="grade")) == 2
    assert conditions(Query(), 1) == []


def test_only_the_generation_asked_for_is_matched(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    live = generations.live("public")
    assert live is not None
    building = generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    for query in (Query("toan"), Query("", {"subject": ("toan",)})):
        assert matching(query, live).count() == 2
        assert matching(query, building.pk).count() == 1


def test_typing_no_word_asks_the_database_nothing(
    engine: Engine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0) as asked:
        assert matching(Query("🙂"), 1).count() == 0
    assert isinstance(asked, CaptureQueriesContext)
