from __future__ import annotations

from search.documents import Label
from search.embedded import generations
from search.embedded.facets import MOST_VALUES, counts
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip


def test_a_half_built_generation_is_not_counted(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    live = generations.live("public")
    assert live is not None
    generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    for query in (Query(), Query("toan"), Query("", {"subject": ("toan",)})):
        total, facets = counts(as_typed(query), live)
        assert total == facets["subject"][0].count == 2


def test_the_most_frequent_values_come_first_and_the_list_ends(engine: Engine) -> None:
    often = Label("often", "Z")
    engine.rebuild(
        clip(
            pk,
            "Bài",
            series=Label(f"s{pk:03}", f"Chuyên đề {pk:03}") if pk % 2 else often,
        )
        for pk in range(2 * MOST_VALUES + 10)
    )
    series = ask(engine, Query()).facets["series"]
    assert len(series) == MOST_VALUES
    assert (series[0].code, series[0].count) == ("often", MOST_VALUES + 5)
    assert [value.code for value in series[1:3]] == ["s001", "s003"]
