from __future__ import annotations

from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from search.embedded import generations
from search.embedded.matching import conditions, matching
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip


def test_the_choice_in_one_facet_can_be_left_out(engine: Engine) -> None:
    question = as_typed(Query("toan", {"subject": ("toan",), "grade": ("10",)}))
    assert len(conditions(question, 1)) == 3
    assert len(conditions(question, 1, besides="grade")) == 2
    assert conditions(as_typed(Query()), 1) == []


def test_only_the_generation_asked_for_is_matched(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    live = generations.live("public")
    assert live is not None
    building = generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    for query in (Query("toan"), Query("", {"subject": ("toan",)})):
        assert matching(as_typed(query), live).count() == 2
        assert matching(as_typed(query), building.pk).count() == 1


def test_typing_no_word_asks_the_database_nothing(
    engine: Engine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0) as asked:
        assert matching(as_typed(Query("🙂")), 1).count() == 0
    assert isinstance(asked, CaptureQueriesContext)
