"""The probe refuses by itself, and tells what it saw of what it lets through."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import LazySettings

from media_pipeline.errors import CancelledError, RefusedError, ToolError
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.source import Source
from tests.clips import HONEST, clip

pytestmark = pytest.mark.ffmpeg


def probed(path: Path) -> Source:
    return probe(path, Limits())


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_clip_is_let_through(name: str) -> None:
    source = probed(clip(name))
    assert source.duration_ms >= 1000
    assert source.video_ms <= source.duration_ms


@pytest.mark.parametrize(
    ("name", "size", "rotation"),
    [
        ("portrait", (360, 640), 90),
        ("anamorphic", (1024, 576), 0),
        ("odd 444", (641, 363), 0),
        ("camera", (640, 360), 0),
    ],
)
def test_sizes_are_as_displayed(
    name: str, size: tuple[int, int], rotation: int
) -> None:
    source = probed(clip(name))
    assert (source.width, source.height) == size
    assert source.rotation == rotation


def test_oddities_are_noticed() -> None:
    assert probed(clip("interlaced")).is_interlaced
    assert probed(clip("hdr")).light == "pq"
    assert probed(clip("hlg")).light == "hlg"
    assert probed(clip("rgb")).must_convert
    assert probed(clip("vfr")).is_vfr
    plain = probed(clip("camera"))
    oddities = (plain.is_interlaced, plain.is_hdr, plain.must_convert, plain.is_vfr)
    assert not any(oddities)


@pytest.mark.parametrize(
    ("name", "fps"), [("camera", 25), ("60 fps", 60), ("long camera", 12), ("avi", 25)]
)
def test_the_exact_rate_is_kept(name: str, fps: int) -> None:
    assert probed(clip(name)).fps == Fraction(fps)


def test_sound_is_the_first_track_with_something_in_it() -> None:
    sound = probed(clip("many tracks")).sound
    assert sound is not None
    assert (sound.index, sound.codec) == (1, "aac")
    assert probed(clip("silent")).sound is None


def test_a_picture_that_ends_before_the_sound_is_known() -> None:
    source = probed(clip("late picture"))
    assert (source.duration_ms, source.video_ms) == (3000, 2000)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_bytes=1000), "too_large"),
        (Limits(max_seconds=1), "too_long"),
        (Limits(min_seconds=5), "too_short"),
        (Limits(max_side=600), "bad_dimensions"),
        (Limits(max_pixels=1000), "bad_dimensions"),
        (Limits(max_streams=1), "too_many_streams"),
    ],
)
def test_each_limit_is_kept(limits: Limits, reason: str) -> None:
    with pytest.raises(RefusedError) as caught:
        probe(clip("camera"), limits)
    assert caught.value.reason == reason


def test_length_is_counted_where_the_file_does_not_tell_it() -> None:
    limits = replace(Limits(), max_seconds=-59)  # the streaming check, not the header's
    with pytest.raises(RefusedError, match="too_long"):
        probe(clip("ts"), limits)


def test_a_probe_can_be_stopped() -> None:
    with pytest.raises(CancelledError):
        probe(clip("camera"), Limits(), Session(cancelled=lambda: True))


def test_a_probe_costs_little() -> None:
    session = Session()
    probe(clip("slides 720"), Limits(), session)
    assert session.cpu_s < 1
    assert len(session.commands) == 2


def test_a_crash_of_the_tool_is_not_blamed_on_the_file(
    tmp_path: Path, settings: LazySettings
) -> None:
    for name, ends in (
        ("ffmpeg", "echo ffmpeg version 8.1"),
        ("ffprobe", "kill -11 $$"),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{ends}\n")
        (tmp_path / name).chmod(0o755)
    path = clip("camera")
    settings.FFMPEG_BINARY = str(tmp_path / "ffmpeg")
    settings.FFPROBE_BINARY = ""
    with pytest.raises(ToolError):
        probed(path)
