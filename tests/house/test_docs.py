"""The docs name what exists: every command, every variable of the environment."""

from __future__ import annotations

import re

from django.core.management import get_commands

from tests.house import source

OPERATIONS = source.ROOT / "docs" / "operations.md"
OURS = ("library", "media_pipeline", "search")


def test_every_command_is_described() -> None:
    text = OPERATIONS.read_text("utf-8")
    commands = {
        name
        for name, app in get_commands().items()
        if str(app).startswith(OURS) and not name.startswith("_")
    }
    assert {name for name in commands if f"`{name}" not in text} == set()


def test_every_variable_of_the_environment_is_described() -> None:
    text = OPERATIONS.read_text("utf-8")
    names: set[str] = set()
    for path in source.modules():
        names.update(
            re.findall(
                r"env_(?:str|bool|choice|int|secret)\(\s*\"([A-Z0-9_]+)\"",
                source.text(path),
            )
        )
    assert names
    assert {name for name in names if f"`{name}`" not in text} == set()
