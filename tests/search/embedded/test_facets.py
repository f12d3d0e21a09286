from __future__ import annotations

from search.documents import Label
from search.embedded import generations
from search.embedded.facets import MOST_VALUES, counts
from search.embedded.matching import matches
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, PROVINCE, clip


def test_a_half_built_generation_is_not_counted(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    shelf = generations.reading("public")
    assert shelf is not None
    for query in (Query(), Query("toan"), Query("", {"subject": ("toan",)})):
        facets = counts(matches(as_typed(query), shelf))
        assert facets["subject"][0].count == 2


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


def test_the_tree_of_units_is_counted_whole(engine: Engine) -> None:
    engine.rebuild(
        clip(pk, "Bài", units=(PROVINCE, Label(f"u{pk}", f"Trường {pk:03}")))
        for pk in range(MOST_VALUES + 10)
    )
    units = ask(engine, Query()).facets["unit"]
    assert len(units) == MOST_VALUES + 11
    assert {unit.parent for unit in units[1:]} == {PROVINCE.code}
