"""What `up` starts, and what it prepares before."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from library.management.commands import up


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_it_runs_web_worker_janitor_and_as_many_transcoders_as_asked() -> None:
    names = [program.name for program in up.programs(8000, 3, demo=False)]
    assert names == [
        *("web", "worker", "janitor", "upkeep"),
        *("transcoder 1", "transcoder 2", "transcoder 3"),
    ]


def test_transcodes_have_workers_of_their_own() -> None:
    queues = {
        program.name: program.argv[program.argv.index("--queue-name") + 1]
        for program in up.programs(8000, 1, demo=False)
        if "--queue-name" in program.argv
    }
    assert queues == {"worker": "default", "transcoder 1": "transcode"}


def test_demo_is_loaded_once_and_told_to_every_process() -> None:
    *_, demo = up.programs(8000, 1, demo=True)
    assert demo.runs_once
    assert demo.argv[-1] == "load_demo"
    assert up.environment(8000, demo=True)["DEMO"] == "true"
    assert "DEMO" not in up.environment(8000, demo=False)


def test_processes_know_their_own_address_unless_the_operator_said_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    assert up.environment(8123, demo=False)["PUBLIC_URL"] == "http://127.0.0.1:8123"
    monkeypatch.setenv("PUBLIC_URL", "https://thu-vien.example.vn")
    assert (
        up.environment(8123, demo=False)["PUBLIC_URL"] == "https://thu-vien.example.vn"
    )


def test_a_port_in_use_is_said_in_a_sentence(taken_port: int) -> None:
    with pytest.raises(CommandError, match=f"Port {taken_port} is in use"):
        call_command("up", port=taken_port)


def test_static_files_are_collected_again_only_when_one_changed(
    tmp_path: Path, settings: Settings
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("a{}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATIC_ROOT = tmp_path / "static"
    up.collect_static_when_changed()
    collected = tmp_path / "static" / "site.css"
    assert collected.read_text() == "a{}"
    collected.write_text("touched by hand")
    up.collect_static_when_changed()
    assert collected.read_text() == "touched by hand"
    (source / "site.css").write_text("a{color:red}")
    up.collect_static_when_changed()
    assert collected.read_text() == "a{color:red}"
