from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from search.documents import Cue, Label
from search.errors import BadLinesError
from search.evaluation import MOST_FAULTS_TOLD, Records, queries, results
from search.index import Engine
from search.queries import LARGEST_PAGE

WHOLE = {
    "id": "a",
    "title": "Đạo hàm",
    "description": "Định nghĩa",
    "subject": "Toán",
    "grades": ["11", "Mầm non"],
    "skills": ["Tự học"],
    "unit": "THPT Hùng Vương",
    "series": "Giải tích",
    "speakers": ["Cô Lan"],
    "captions": [{"start_ms": 0, "end_ms": 900, "text": "xin chào"}],
    "published_at": "2021-09-05T00:00:00Z",
    "views": 7,
}


def lines(tmp_path: Path, *rows: Any) -> Path:
    path = tmp_path / "lines.jsonl"
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_a_record_is_read_with_all_it_may_have(tmp_path: Path) -> None:
    (record,) = Records(lines(tmp_path, WHOLE))
    assert (record.id, record.title, record.public) == (1, "Đạo hàm", True)
    assert record.subject == Label("toán", "Toán")
    assert [grade.name for grade in record.grades] == ["Lớp 11", "Mầm non"]
    assert record.units == (Label("thpt hùng vương", "THPT Hùng Vương"),)
    assert record.captions == (Cue(0, 900, "xin chào"),)
    assert record.published_at == datetime(2021, 9, 5, tzinfo=UTC)
    assert (record.series, record.views) == (Label("giải tích", "Giải tích"), 7)


@pytest.mark.parametrize("nothing", [{}, dict.fromkeys(set(WHOLE) - {"id", "title"})])
def test_only_id_and_title_are_needed(tmp_path: Path, nothing: dict[str, None]) -> None:
    records = Records(lines(tmp_path, {"id": 5, "title": "A", **nothing}, "", "  "))
    assert [record.title for record in records] == ["A"]
    assert len(records) == 1


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not an object"),
        ({"title": "A"}, "id must be"),
        ({"id": True, "title": "A"}, "id must be"),
        ({"id": 1, "title": " "}, "title must be"),
        ({"id": 1}, "title must be"),
        ({"id": 1, "title": "A", "grades": "10"}, "grades must be"),
        ({"id": 1, "title": "A", "subject": ["Toán"]}, "subject must be"),
        ({"id": 1, "title": "A", "views": "many"}, "views must be"),
        ({"id": 1, "title": "A", "views": -1}, "views must be"),
        ({"id": 1, "title": "A", "published_at": "soon"}, "published_at must be"),
        ({"id": 1, "title": "A", "captions": [{"text": "x"}]}, "captions must be"),
        ({"id": 1, "title": "A", "captions": {}}, "captions must be"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, bad: Any, why: str) -> None:
    with pytest.raises(BadLinesError, match=f"lines.jsonl: line 3: {why}"):
        Records(lines(tmp_path, WHOLE, "", bad))


def test_all_bad_lines_are_told_up_to_a_bound_and_an_id_counts_once(
    tmp_path: Path,
) -> None:
    with pytest.raises(BadLinesError, match=r"line 1: .*; line 2: .*and 5 more"):
        Records(lines(tmp_path, *["x"] * (MOST_FAULTS_TOLD + 5)))
    with pytest.raises(BadLinesError, match="line 2: its id is that of line 1"):
        Records(lines(tmp_path, WHOLE, WHOLE))


def test_queries_are_read_with_filters_of_one_or_several_names(tmp_path: Path) -> None:
    filters = {"subject": "Toán", "grade": ["10", 11]}
    path = lines(tmp_path, {"q": "dao ham", "filters": filters}, {"q": ""})
    first, second = queries(path)
    assert dict(first.filters) == {"subject": ("toán",), "grade": ("10", "11")}
    assert (first.limit, second.text) == (LARGEST_PAGE, "")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({}, "q must be"),
        ({"q": 5}, "q must be"),
        ({"q": "a", "filters": []}, ""),
        ({"q": "a", "filters": ["x"]}, "filters must be"),
        ({"q": "a", "filters": {"grade": {}}}, "filters must be"),
        ({"q": "a", "filters": {"colour": "red"}}, "unknown facet: colour"),
    ],
)
def test_a_bad_query_is_told_with_its_number(
    tmp_path: Path, bad: Any, why: str
) -> None:
    path = lines(tmp_path, {"q": "a"}, bad)
    if not why:
        assert len(queries(path)) == 2
        return
    with pytest.raises(BadLinesError, match=f"line 2: {why}"):
        queries(path)


def test_results_name_records_by_the_ids_of_the_file(
    engine: Engine, tmp_path: Path
) -> None:
    other = {"id": 70, "title": "Xin chào lớp 11", "views": 3}
    records = Records(lines(tmp_path, WHOLE, other))
    engine.rebuild(records)
    asked = queries(
        lines(tmp_path, {"q": "xin chao"}, {"q": "", "filters": {"subject": "TOÁN"}})
    )
    first, second = results(engine, asked, records)
    assert (first["q"], first["ids"], first["total"]) == ("xin chao", [70, "a"], 2)
    assert first["moments"] == [{"id": "a", "start_ms": 0, "text": "xin chào"}]
    assert (second["ids"], second["did_you_mean"]) == (["a"], None)
    assert first["took_ms"] >= 0
