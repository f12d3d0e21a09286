"""The command that brings a reorganisation from a seed file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from library.reorganising.models import Reorganisation, State
from library.units.models import UnitPage
from tests.cast import Cast


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_reorganisation", *arguments, stdout=out)
    return out.getvalue()


def written(folder: Path, *lines: dict[str, str], **more: Any) -> str:
    seed = {"name": "Đợt thử", "on": "2031-01-01", "kinds": [], "lines": lines, **more}
    path = folder / "dot-thu.json"
    path.write_text(json.dumps(seed), encoding="utf-8")
    return str(path)


def test_it_keeps_a_draft_and_applies_it_when_told(cast: Cast, tmp_path: Path) -> None:
    today = UnitPage.objects.get(code="bu-dang").names.get().valid_from.isoformat()
    file = written(tmp_path, {"code": "bu-dang", "ends": "x", "on": today}, on=today)
    assert "bản nháp" in run(file)
    assert Reorganisation.objects.get().state == State.DRAFT
    assert "đã thực hiện" in run(file, "--apply")
    assert UnitPage.objects.get(code="bu-dang").ended_on is not None
    assert "đã thực hiện" in run(file, "--apply")


@pytest.mark.parametrize(
    "line", [{"code": "khong-co", "ends": "x"}, {"code": "bu-dang"}, {}]
)
def test_what_cannot_be_done_is_refused_with_the_line(
    cast: Cast, tmp_path: Path, line: dict[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, line), "--apply")
    assert refused.value.returncode == 2
    assert not UnitPage.objects.exclude(ended_on=None).exists()


@pytest.mark.parametrize("text", ["", "[]", '{"name": "x"}'])
def test_what_is_no_seed_file_is_refused(cast: Cast, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(CommandError) as refused:
        run(str(tmp_path / "a.json"))
    assert refused.value.returncode == 2
