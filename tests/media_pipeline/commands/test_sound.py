"""The sound's filters and its rate follow what was measured."""

from __future__ import annotations

import pytest

from media_pipeline.source import Sound
from tests.media_pipeline.commands.argv import SOUND, after, encode_all, graph_of
from tests.media_pipeline.test_ladder import a_source


def test_sound_is_brought_to_one_loudness_and_limited() -> None:
    graph = graph_of(encode_all(a_source(sound=SOUND)))
    assert "volume=7.5dB" in graph
    assert "alimiter=" in graph
    assert "channel_layouts=mono" in graph


def test_silence_is_not_amplified() -> None:
    graph = graph_of(encode_all(a_source(sound=Sound(1, "aac", 2))))
    assert "volume=" not in graph


def test_a_whisper_is_raised_by_a_bounded_gain() -> None:
    quiet = Sound(1, "aac", 1, loudness_lufs=-55.0)
    assert "volume=20.0dB" in graph_of(encode_all(a_source(sound=quiet)))


@pytest.mark.parametrize(
    ("sound", "layout", "rate"),
    [
        (Sound(1, "aac", 2, is_stereo=True), "stereo", "96k"),
        (Sound(1, "ac3", 6), "stereo", "96k"),
        (Sound(1, "aac", 2), "mono", "64k"),
    ],
)
def test_channels_follow_what_is_heard(sound: Sound, layout: str, rate: str) -> None:
    argv = encode_all(a_source(sound=sound))
    assert f"channel_layouts={layout}" in graph_of(argv)
    assert after(argv, "-b:a") == rate
