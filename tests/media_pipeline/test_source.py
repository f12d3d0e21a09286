"""A source tells JSON what the contract names."""

from __future__ import annotations

from fractions import Fraction

from media_pipeline.source import Sound
from tests.media_pipeline.test_ladder import a_source


def test_a_source_is_told_as_in_the_contract() -> None:
    source = a_source(
        duration_ms=12_345, fps=Fraction(30000, 1001), sound=Sound(1, "aac", 2)
    )
    assert source.as_json() == {
        "width": 1920,
        "height": 1080,
        "duration_s": 12.345,
        "fps": 29.97,
        "video_codec": "h264",
        "audio_codec": "aac",
        "rotation": 0,
    }


def test_no_sound_is_told_as_null() -> None:
    assert a_source().as_json()["audio_codec"] is None
