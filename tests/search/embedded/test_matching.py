from __future__ import annotations

from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from search.embedded import generations
from search.embedded.matching import matching
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, PHYSICS, clip


def live() -> int:
    generation = generations.live("public")
    assert generation is not None
    return generation


def test_the_choice_in_one_facet_can_be_left_out(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS, licence="A"))
    engine.put(clip(2, "Toán", subject=PHYSICS, licence="A"))
    question = as_typed(Query("toan", {"subject": ("toan",), "licence": ("A",)}))
    assert matching(question, live()).count() == 1
    assert matching(question, live(), besides="subject").count() == 2
    assert matching(question, live(), besides="licence").count() == 1


def test_other_terms_can_take_the_place_of_the_words(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    engine.put(clip(2, "Đố vui", description="toán"))
    question = as_typed(Query("toan"))
    assert matching(question, live()).count() == 2
    assert matching(question, live(), wanted=[["^toan"]]).count() == 1


def test_only_the_generation_asked_for_is_matched(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    now = live()
    building = generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    for query in (Query("toan"), Query("", {"subject": ("toan",)})):
        assert matching(as_typed(query), now).count() == 2
        assert matching(as_typed(query), building.pk).count() == 1


def test_typing_no_word_asks_the_database_nothing(
    engine: Engine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0) as asked:
        assert matching(as_typed(Query("🙂")), 1).count() == 0
    assert isinstance(asked, CaptureQueriesContext)
