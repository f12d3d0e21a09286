"""Work on a file is stopped as one and told as one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from media_pipeline.errors import CancelledError, ToolError
from media_pipeline.session import Session


def _python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def test_a_session_adds_up_and_remembers_its_commands(tmp_path: Path) -> None:
    session = Session()
    for number in range(2):
        session.run(_python(f"sum(range({number}))"), cwd=tmp_path, timeout_s=20)
    assert [argv[-1] for argv in session.commands] == ["sum(range(0))", "sum(range(1))"]
    assert session.cpu_s > 0


def test_what_failed_is_added_up_too(tmp_path: Path) -> None:
    session = Session()
    code = "held = bytearray(200_000_000); raise SystemExit(3)"
    with pytest.raises(ToolError):
        session.run(_python(code), cwd=tmp_path, timeout_s=20)
    assert session.cpu_s > 0
    assert session.spent.peak_bytes > 200_000_000


def test_a_session_is_stopped_by_its_one_question(tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        Session(cancelled=lambda: True).run(
            _python("import time; time.sleep(60)"), cwd=tmp_path, timeout_s=50
        )
