"""A recipe leaves open what nobody has decided."""

from __future__ import annotations

from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from tests.media_pipeline.test_ladder import a_source


def test_threads_and_tone_mapping_are_left_to_ffmpeg_unless_named() -> None:
    source = a_source()
    recipe = Recipe("ffmpeg", source, ladder_for(source))
    assert (recipe.threads, recipe.tone_map) == (0, "none")
