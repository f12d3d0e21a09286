"""`doctor`: one document on stdout, exit 1 with the names of what is not well."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from library import health

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, local_storages: Path) -> None:
    monkeypatch.setattr(health, "WORKER_S", 0.3)


def test_the_command_exits_1_and_prints_one_document() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="queue"):
        call_command("doctor", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["ok"] is False
    assert {row["service"] for row in told["services"]} == {
        "database",
        "ffmpeg",
        "storage",
        "search",
        "queue",
        "mail",
    }


def test_without_json_each_service_has_its_line() -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 6
    assert any(line.startswith("BAD  queue") for line in lines)
