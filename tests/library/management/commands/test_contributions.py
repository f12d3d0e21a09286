"""`contributions` and its exit codes."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.library.contributions.conftest import Count, counted

__all__ = ["counted"]

DAY = datetime.date(2024, 3, 1)


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("contributions", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_one_document(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    document = json.loads(said("--json", "--tree", "then", "--as-of", "2024-03-02"))
    assert document["total"] == 1
    assert document["as_of"] == "2024-03-02"
    assert document["tree"] == "then"


def test_a_unit_is_shown_with_what_is_below(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    document = json.loads(said("--json", "--unit", "bu-dang"))
    assert [unit["code"] for unit in document["units"]] == ["bu-dang", "thpt-bu-dang"]
    assert document["total"] == 0


@pytest.mark.parametrize(
    "arguments",
    [("--unit", "khong-co"), ("--from", "2024-02-02", "--to", "2024-01-01")],
)
def test_bad_input_is_refused_with_two(cast: Cast, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        said(*arguments)
    assert refusal.value.returncode == 2


def test_files_are_written(cast: Cast, tmp_path: Path) -> None:
    said("--xlsx", str(tmp_path / "a.xlsx"))
    said("--csv", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / "a.csv").read_bytes() == said("--csv").encode()


def test_a_file_that_cannot_be_written_fails_in_words(
    cast: Cast, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as failure:
        said("--xlsx", str(tmp_path / "no" / "a.xlsx"))
    assert failure.value.returncode == 1


def test_without_a_form_it_is_a_table_for_people(cast: Cast) -> None:
    assert "Đoàn trường THPT Đồng Xoài" in said()
