from __future__ import annotations

from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from search.embedded import generations
from search.embedded.matching import matches
from search.embedded.shelves import Shelf
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, PHYSICS, clip


def live() -> Shelf:
    shelf = generations.reading("public")
    assert shelf is not None
    return shelf


def number(query: Query, shelf: Shelf, besides: str = "") -> int:
    found = matches(as_typed(query), shelf)
    return (found.besides(besides) if besides else found.found).bit_count()


def test_the_choice_in_one_facet_can_be_left_out(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS, licence="A"))
    engine.put(clip(2, "Toán", subject=PHYSICS, licence="A"))
    query = Query("toan", {"subject": ("toan",), "licence": ("A",)})
    assert number(query, live()) == 1
    assert number(query, live(), besides="subject") == 2
    assert number(query, live(), besides="licence") == 1


def test_several_values_of_one_facet_widen(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    engine.put(clip(2, "Lí", subject=PHYSICS))
    engine.put(clip(3, "Khác"))
    chosen_both = Query("", {"subject": (MATHS.code, PHYSICS.code, "nothing")})
    assert number(chosen_both, live()) == 2


def test_only_the_generation_asked_for_is_matched(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    for query in (Query("toan"), Query("", {"subject": ("toan",)}), Query()):
        assert number(query, live()) == 2


def test_typing_no_word_asks_the_database_nothing(
    engine: Engine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    engine.put(clip(1, "Toán"))
    shelf = live()
    with django_assert_num_queries(0) as asked:
        assert number(Query("🙂"), shelf) == 0
    assert isinstance(asked, CaptureQueriesContext)
