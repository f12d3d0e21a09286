from __future__ import annotations

from search.embedded import generations
from search.embedded.facets import counts
from search.embedded.matching import matches
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip


def test_a_half_built_generation_is_not_counted(engine: Engine) -> None:
    engine.put(clip(1, "Toán", subject=MATHS))
    generations.begin("public")
    engine.put(clip(2, "Toán", subject=MATHS))
    shelf = generations.reading("public")
    assert shelf is not None
    for query in (Query(), Query("toan"), Query("", {"subject": ("toan",)})):
        facets = counts(matches(as_typed(query), shelf))
        assert facets["subject"][0].count == 2
