"""The judged set: 156 clips, 120 questions of every kind, and how well each engine ranks.

`records.jsonl` and `queries.jsonl` are what `evaluate_search` reads; a query's `grades`
say of each clip how well it answers, from 1 (touches it) to 3 (is it).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from search.evaluation import Records, queries, results
from search.index import Engine

FOLDER = Path(__file__).resolve().parent
QUERIES = FOLDER / "queries.jsonl"
DEPTH = 10

OVERALL = 0.97
OF_EACH_CLASS = 0.85


def judged() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUERIES.read_text("utf-8").splitlines()]


def gain(grades: Sequence[int]) -> float:
    return sum(
        (2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades)
    )


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 where nothing answers and nothing was found."""
    if not grades:
        return float(not ids)
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return gain([grades.get(one, 0) for one in ids[:DEPTH]]) / gain(best)


def test_the_measure_itself() -> None:
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1
    assert 0 < ndcg(["b", "a"], {"a": 3, "b": 1}) < 1
    assert ndcg([], {"a": 3}) == 0
    assert ndcg([], {}) == 1
    assert ndcg(["a"], {}) == 0


def test_the_set_is_of_every_kind_and_grades_what_exists() -> None:
    ids = set(Records(FOLDER / "records.jsonl").ids)
    rows = judged()
    assert len(ids) >= 150
    assert len(rows) >= 80
    for row in rows:
        assert set(row["grades"]) <= ids, row["q"]
        assert set(row["grades"].values()) <= {1, 2, 3}, row["q"]
        assert bool(row["grades"]) is (row["class"] != "nothing"), row["q"]


def test_every_engine_ranks_as_people_judge(engine: Engine) -> None:
    records = Records(FOLDER / "records.jsonl")
    engine.rebuild(records)
    found = results(engine, queries(QUERIES), records)
    by_class: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row, answer in zip(judged(), found, strict=True):
        by_class[row["class"]][row["q"]] = ndcg(answer["ids"], row["grades"])
    scores = [score for several in by_class.values() for score in several.values()]
    low = {
        name: {text: round(score, 3) for text, score in several.items() if score < 1}
        for name, several in by_class.items()
    }
    means = {name: sum(s.values()) / len(s) for name, s in by_class.items()}
    assert sum(scores) / len(scores) >= OVERALL, low
    assert min(means.values()) >= OF_EACH_CLASS, low
