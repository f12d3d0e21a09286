from __future__ import annotations

import pytest

from search.elasticsearch.facets import aggregations
from search.facets import FACETS
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import MATHS, clip


def test_without_a_choice_all_are_counted_at_once() -> None:
    assert tuple(aggregations(as_typed(Query("toan")))) == FACETS


def test_a_choice_leaves_its_own_counts() -> None:
    chosen = {"subject": ("toan",), "grade": ("10", "11")}
    made = aggregations(as_typed(Query("toan", chosen)))
    assert set(made) == {"besides-subject", "besides-grade", "rest"}
    assert made["besides-subject"].to_dict()["filter"] == {
        "bool": {"filter": [{"terms": {"facets.grade": ["10", "11"]}}]}
    }
    assert len(made["rest"].to_dict()["aggs"]) == len(FACETS) - 2


@pytest.mark.elasticsearch
def test_a_value_longer_than_a_term_may_be_is_left_out(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "A", subject=MATHS, speakers=("ở" * 9_000,)))
    assert ask(elasticsearch, Query("a")).facets["subject"][0].count == 1
