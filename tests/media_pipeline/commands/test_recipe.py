"""A recipe leaves open what nobody has decided."""

from __future__ import annotations

from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from tests.media_pipeline.commands.argv import SOUND
from tests.media_pipeline.test_ladder import a_source


def test_threads_are_left_to_ffmpeg_unless_named() -> None:
    source = a_source()
    recipe = Recipe("ffmpeg", source, ladder_for(source))
    assert recipe.threads == 0


def test_sounds_are_named_only_where_there_is_one() -> None:
    source = a_source()
    assert Recipe("ffmpeg", source, ladder_for(source), opus=True).sounds == ()
    heard = a_source(sound=SOUND)
    assert Recipe("ffmpeg", heard, ladder_for(heard)).sounds == ("audio",)
    both = Recipe("ffmpeg", heard, ladder_for(heard), opus=True)
    assert both.sounds == ("audio", "audio-opus")
