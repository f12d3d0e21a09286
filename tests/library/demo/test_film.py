"""A film is a real video: as long as what is said, with captions in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.demo import film, lessons
from media_pipeline import captions, sampling
from media_pipeline.probe import Limits, probe

pytestmark = pytest.mark.ffmpeg


def test_a_lesson_becomes_a_video_that_the_engine_takes(tmp_path: Path) -> None:
    lesson = next(one for one in lessons.published(100) if one.has_captions)
    made = film.make(lesson, tmp_path)
    source = sampling.sample(probe(made.video, Limits.from_settings()))
    assert source.content == "still"
    assert source.duration_ms >= 1000 * film.SLIDE_S * len(lesson.slides) * 0.95
    assert made.captions is not None
    cues = captions.parse(made.captions.read_bytes())
    assert [cue.text for cue in cues] == [slide.speech for slide in lesson.slides]
    assert cues[-1].end_ms <= source.duration_ms + 200


def test_without_a_voice_there_is_a_tone() -> None:
    sound = film._tone(330)
    assert len(sound) == int(film.SLIDE_S * film.RATE)
    assert max(sound) > 1000
    assert abs(sound[-1]) < 200
