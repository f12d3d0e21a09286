from __future__ import annotations

import json
import signal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import index
from search.embedded.engine import EmbeddedEngine
from search.embedded.models import Document, Generation, Index
from search.queries import Query
from search.questions import Question
from search.results import Hits
from tests.search.clips import clip

pytestmark = pytest.mark.django_db


class EndedEngine(EmbeddedEngine):
    """Whoever asks it is ended from outside."""

    def find(self, question: Question) -> Hits:
        assert Document.objects.count() == 2
        signal.raise_signal(signal.SIGTERM)
        return super().find(question)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    records, queries = tmp_path / "records.jsonl", tmp_path / "queries.jsonl"
    records.write_text(
        '{"id": "r1", "title": "Đạo hàm", "grades": ["11"], "views": 4}\n'
        '{"id": "r2", "title": "Quyền trẻ em", "subject": "Giáo dục công dân"}\n',
        "utf-8",
    )
    queries.write_text('{"q": "dao hamm"}\n{"q": "gdcd"}\n', "utf-8")
    return str(records), str(queries)


def evaluated(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("evaluate_search", *arguments, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_the_answer_is_one_document_as_the_contract_says(
    files: tuple[str, str],
) -> None:
    answer = evaluated(*files)
    assert (answer["engine"], answer["records"]) == ("embedded", 2)
    assert answer["index_s"] >= 0
    first, second = answer["results"]
    assert set(first) == {"q", "ids", "total", "moments", "did_you_mean", "took_ms"}
    assert (first["ids"], first["did_you_mean"]) == (["r1"], "Đạo hàm")
    assert (second["ids"], second["total"]) == (["r2"], 1)


def test_the_live_index_is_not_touched_and_the_scratch_one_is_dropped(
    files: tuple[str, str],
) -> None:
    index.put(clip(1, "Đạo hàm của tổng"))
    evaluated(*files)
    assert [hit.id for hit in index.search(Query("dao ham")).hits] == [1]
    assert (Index.objects.count(), Generation.objects.count()) == (1, 1)
    assert Document.objects.count() == 1


def test_the_scratch_index_is_dropped_when_it_ends_by_a_signal(
    files: tuple[str, str], settings: Any
) -> None:
    settings.SEARCH_ENGINE = f"{__name__}.EndedEngine"
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as left:
        evaluated(*files)
    assert left.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == before
    assert not Generation.objects.exists()
    assert not Document.objects.exists()


def test_without_json_it_is_told_in_lines(files: tuple[str, str]) -> None:
    out = StringIO()
    call_command("evaluate_search", *files, stdout=out, stderr=StringIO())
    assert "dao hamm: 1 · r1\n  Đạo hàm?\n" in out.getvalue()


@pytest.mark.parametrize("number", ["0", "101"])
def test_a_page_out_of_bounds_is_refused(files: tuple[str, str], number: str) -> None:
    with pytest.raises(CommandError) as refused:
        evaluated(*files, f"--limit={number}")
    assert refused.value.returncode == 2


def test_bad_lines_and_missing_files_are_refused(
    files: tuple[str, str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1, "title": "A"}\n{"id": 2}\n', "utf-8")
    for arguments in ((str(bad), files[1]), (files[0], str(bad)), ("gone", files[1])):
        with pytest.raises(CommandError) as refused:
            evaluated(*arguments)
        assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="line 2: title must be a text"):
        evaluated(str(bad), files[1])
    assert not Generation.objects.exists()
