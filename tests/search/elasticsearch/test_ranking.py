from __future__ import annotations

import json
from datetime import timedelta

import pytest

from search.elasticsearch.matching import matching
from search.elasticsearch.ranking import FRESHNESS, ranked
from search.embedded.engine import EmbeddedEngine
from search.embedded.ranking import FIELDS
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import FIRST_DAY, MATHS, clip, cue

RECORDS = (
    clip(1, "Toán học vui", subject=MATHS),
    clip(2, "Học toán", description="Toán học là gì?"),
    clip(3, "Toàn cảnh", description="Học và hành"),
    clip(4, "Bài 4", captions=(cue(1, "toán học"),)),
    clip(5, "Ôn toán học lớp 9", views=700),
)


def test_marks_are_looked_at_only_for_words_typed_with_them() -> None:
    for typed, looks in {"hoa hoc": False, "hoa học": True}.items():
        question = as_typed(Query(typed))
        body = json.dumps(ranked(question, matching(question, ())).to_dict())
        assert ("title_keys" in body) is looks
        assert '"hoa"' in body


def test_freshness_is_worth_less_than_any_place_of_a_word() -> None:
    assert min(part.word for part in FIELDS) > FRESHNESS


@pytest.mark.elasticsearch
@pytest.mark.parametrize("typed", ["toan hoc", "toán học", "học", "toan hoc vui"])
def test_both_engines_rank_alike(elasticsearch: Engine, typed: str) -> None:
    embedded = EmbeddedEngine()
    for record in RECORDS:
        elasticsearch.put(record)
        embedded.put(record)
    ours, theirs = (ask(one, Query(typed)).hits for one in (elasticsearch, embedded))
    assert [hit.id for hit in ours] == [hit.id for hit in theirs]


@pytest.mark.elasticsearch
def test_of_two_that_answer_alike_the_newer_comes_first(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Toán", published_at=FIRST_DAY + timedelta(days=900)))
    elasticsearch.put(clip(2, "Toán", published_at=FIRST_DAY))
    assert [hit.id for hit in ask(elasticsearch, Query("toan")).hits] == [1, 2]
