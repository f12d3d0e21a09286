"""What the tests of commands share: a whole encode, and how to read an argv."""

from __future__ import annotations

from typing import Any

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from media_pipeline.source import Sound, Source

SOUND = Sound(1, "aac", 2, loudness_lufs=-23.5)


def encode_all(source: Source, **changes: Any) -> list[str]:
    ladder = ladder_for(source)
    recipe = Recipe("ffmpeg", source, ladder, **changes)
    return commands.encode(recipe, ladder.rungs, sound=True, pictures=True)


def after(argv: list[str], option: str) -> str:
    return argv[argv.index(option) + 1]


def graph_of(argv: list[str]) -> str:
    return after(argv, "-filter_complex")
