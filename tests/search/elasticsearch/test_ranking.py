from __future__ import annotations

import json
from datetime import timedelta

import pytest

from search.documents import Label
from search.elasticsearch.ranking import ranked
from search.embedded.engine import EmbeddedEngine
from search.evaluation import Records, queries
from search.index import Engine, ask
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import FIRST_DAY, MATHS, clip, cue
from tests.search.judged.test_ndcg import FOLDER, QUERIES

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
        body = json.dumps(ranked(question, ()).to_dict())
        assert ("title_keys" in body) is looks
        assert '"hoa"' in body


def test_a_ranked_search_is_of_alternatives_alone() -> None:
    body = ranked(as_typed(Query("toán học")), ()).to_dict()["bool"]
    assert set(body) == {"should", "minimum_should_match"}


@pytest.mark.elasticsearch
def test_what_lacks_a_word_is_on_no_page_whatever_else_it_has(
    elasticsearch: Engine,
) -> None:
    words = "toán học vui mỗi ngày cùng bạn bè khắp nơi"
    elasticsearch.put(clip(1, "A", captions=(cue(1, words),)))
    best = " ".join(words.split()[:-1])
    elasticsearch.put(clip(2, best, description=best, series=Label("s", best)))
    hits = ask(elasticsearch, Query(words))
    assert (hits.total, [hit.id for hit in hits.hits]) == (1, [1])
    assert hits.hits[0].score > 0


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
def test_both_engines_give_the_judged_clips_the_same_scores(
    elasticsearch: Engine,
) -> None:
    records, embedded = Records(FOLDER / "records.jsonl"), EmbeddedEngine()
    for engine in (elasticsearch, embedded):
        engine.rebuild(records)
    for query in queries(QUERIES):
        ours, theirs = (ask(one, query).hits for one in (elasticsearch, embedded))
        assert [hit.id for hit in ours] == [hit.id for hit in theirs], query.text
        scores = [hit.score for hit in theirs]
        assert [hit.score for hit in ours] == pytest.approx(scores, abs=0.01)


@pytest.mark.elasticsearch
def test_of_two_that_answer_alike_the_newer_comes_first(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Toán", published_at=FIRST_DAY + timedelta(days=900)))
    elasticsearch.put(clip(2, "Toán", published_at=FIRST_DAY))
    assert [hit.id for hit in ask(elasticsearch, Query("toan")).hits] == [1, 2]
