"""A few pictures tell slides from a camera, and a few numbers tell what is heard."""

from __future__ import annotations

import random

import pytest
from PIL import Image

from media_pipeline.commands import GRAIN_SIZE, LOOK_SIZE
from media_pipeline.sampling import content_of, grain_of, heard, sample, starts
from media_pipeline.source import Sound
from tests.clips import clip
from tests.media_pipeline.test_ladder import a_source
from tests.media_pipeline.test_probe import probed

GREY = Image.new("L", LOOK_SIZE, 128)


def _with_box(at: int, width: int = 40, height: int = 40) -> Image.Image:
    picture = GREY.copy()
    picture.paste(250, (at, 20, at + width, 20 + height))
    return picture


def _noise(level: int, seed: int) -> Image.Image:
    chance = random.Random(seed)
    size = GRAIN_SIZE[0] * GRAIN_SIZE[1]
    values = bytes(128 + chance.randint(-level, level) for _ in range(size))
    return Image.frombytes("L", GRAIN_SIZE, values)


def test_pictures_that_stand_still_are_slides() -> None:
    assert content_of([[GREY] * 10, [_with_box(9)] * 10]) == "still"


def test_one_change_of_slide_in_ten_is_still_slides() -> None:
    assert content_of([[GREY] * 5 + [_with_box(9)] * 6]) == "still"


def test_a_mouse_pointer_does_not_make_a_camera() -> None:
    pointer = [_with_box(10 * n, width=2, height=3) for n in range(10)]
    assert content_of([pointer]) == "still"


def test_what_moves_all_the_time_is_a_camera() -> None:
    assert content_of([[_with_box(5 * n) for n in range(10)]]) == "camera"


def test_nothing_to_compare_is_taken_for_a_camera() -> None:
    assert content_of([[GREY], []]) == "camera"


def test_grain_is_seen_through_movement() -> None:
    clean = [_noise(0, 1), _noise(0, 2)]
    rough = [_noise(8, 1), _noise(8, 2)]
    assert grain_of([clean]) == 0
    assert grain_of([rough, rough]) > 3
    assert grain_of([]) == 0


def test_windows_start_at_the_key_frame_before() -> None:
    source = a_source(keyframes_ms=(0, 10_000, 20_000, 50_000))
    assert starts(source) == [0.0, 20.0]
    assert starts(a_source()) == [0.0]


def test_levels_are_read_from_what_ffmpeg_wrote() -> None:
    told = (
        "RMS level dB: -20.0\nRMS level dB: -31.5\n Integrated loudness:\n"
        "    I:         -27.8 LUFS\n"
    )
    sound = heard(Sound(1, "aac", 2), told)
    assert sound.loudness_lufs == -27.8
    assert sound.is_stereo


@pytest.mark.parametrize("side", ["-45.0", "-inf"])
def test_two_equal_sides_are_not_stereo(side: str) -> None:
    told = f"RMS level dB: -20.0\nRMS level dB: {side}\nI: -27.8 LUFS"
    assert not heard(Sound(1, "aac", 2), told).is_stereo


def test_silence_has_no_loudness() -> None:
    assert heard(Sound(1, "aac", 1), "I:  -70.0 LUFS").loudness_lufs is None
    assert heard(Sound(1, "aac", 1), "").loudness_lufs is None


@pytest.mark.ffmpeg
def test_real_clips_are_told_apart() -> None:
    slides = sample(probed(clip("slides")))
    camera = sample(probed(clip("camera")))
    noisy = sample(probed(clip("noisy camera")))
    assert (slides.content, slides.is_noisy) == ("still", False)
    assert (camera.content, camera.is_noisy) == ("camera", False)
    assert (noisy.content, noisy.is_noisy) == ("camera", True)


@pytest.mark.ffmpeg
def test_a_tone_of_known_level_is_heard_at_it() -> None:
    sound = sample(probed(clip("slides"))).sound
    assert sound is not None
    assert sound.loudness_lufs == pytest.approx(-27.8, abs=0.5)
    assert not sound.is_stereo
