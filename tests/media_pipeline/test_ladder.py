"""A ladder never upscales, stays even, and fits what the clip shows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ladder import SEGMENT_S, Options, fit, ladder_for
from media_pipeline.source import Source


def a_source(**changes: Any) -> Source:
    """A 1080p camera clip of a minute."""
    values: dict[str, Any] = {
        "path": Path("/clips/a.mp4"),
        "width": 1920,
        "height": 1080,
        "duration_ms": 60_000,
        "fps": Fraction(30),
        "video_index": 0,
        "video_codec": "h264",
    }
    values |= changes
    values.setdefault("video_ms", values["duration_ms"])
    return Source(**values)


def sizes(source: Source) -> list[tuple[str, int, int]]:
    return [(r.name, r.width, r.height) for r in ladder_for(source).rungs]


def test_a_camera_clip_of_1080_gets_five_rungs() -> None:
    assert sizes(a_source()) == [
        ("1080p", 1920, 1080),
        ("720p", 1280, 720),
        ("480p", 854, 480),
        ("360p", 640, 360),
        ("240p", 426, 240),
    ]


def test_slides_get_no_rung_that_cannot_be_read() -> None:
    ladder = ladder_for(a_source(content="still"))
    assert [rung.name for rung in ladder.rungs] == ["1080p", "720p", "480p"]
    assert ladder.first.name == "720p"
    assert ladder.download.name == "480p"
    assert ladder.fps == 15
    assert ladder.quality.crf == 31


def test_a_camera_clip_starts_and_downloads_at_360() -> None:
    ladder = ladder_for(a_source())
    assert ladder.first.name == ladder.download.name == "360p"
    assert [rung.name for rung in ladder.rest] == ["1080p", "720p", "480p", "240p"]
    assert ladder.quality.crf == 26


def test_a_portrait_clip_is_never_upscaled() -> None:
    assert sizes(a_source(width=720, height=1280)) == [
        ("720p", 720, 1280),
        ("480p", 480, 854),
        ("360p", 360, 640),
        ("240p", 240, 426),
    ]


def test_a_4k_source_is_capped_at_1080() -> None:
    assert sizes(a_source(width=3840, height=2160))[0] == ("1080p", 1920, 1080)


def test_a_size_between_rungs_keeps_its_own_where_it_is_worth_it() -> None:
    assert sizes(a_source(width=1600, height=900))[0] == ("900p", 1600, 900)
    assert sizes(a_source(width=1366, height=768))[0] == ("720p", 1280, 720)


def test_a_small_source_gets_one_rung_at_its_own_even_size() -> None:
    assert sizes(a_source(width=177, height=145)) == [("145p", 176, 144)]


def test_a_wide_picture_is_ranked_by_the_box_it_fills() -> None:
    assert sizes(a_source(width=1920, height=800))[:2] == [
        ("1080p", 1920, 800),
        ("720p", 1280, 534),
    ]


@pytest.mark.parametrize(
    ("fps", "expected"),
    [
        (Fraction(24), Fraction(24)),
        (Fraction(30000, 1001), Fraction(30000, 1001)),
        (Fraction(60000, 1001), Fraction(30000, 1001)),
        (Fraction(60), Fraction(30)),
        (Fraction(50), Fraction(25)),
        (Fraction(40), Fraction(30)),
        (Fraction(1, 5), Fraction(1)),
    ],
)
def test_the_frame_rate_is_natural_and_at_most_30(
    fps: Fraction, expected: Fraction
) -> None:
    assert ladder_for(a_source(fps=fps)).fps == expected


def test_a_varying_rate_becomes_a_constant_one() -> None:
    fast = a_source(fps=Fraction(2781, 100), is_vfr=True)
    slow = a_source(fps=Fraction(12), is_vfr=True)
    assert ladder_for(fast).fps == 30
    assert ladder_for(slow).fps == 12


@pytest.mark.parametrize(
    ("duration_ms", "cuts"),
    [(1000, (0,)), (7900, (0,)), (8000, (0, 180)), (14_000, (0, 180, 360))],
)
def test_the_last_segment_is_never_a_crumb(
    duration_ms: int, cuts: tuple[int, ...]
) -> None:
    assert ladder_for(a_source(duration_ms=duration_ms)).cuts == cuts


def test_a_segment_starts_at_the_first_picture_after_its_time() -> None:
    ntsc = a_source(fps=Fraction(30000, 1001), duration_ms=20_000)
    assert ladder_for(ntsc).cuts == (0, 180, 360, 540)
    assert ladder_for(a_source(fps=Fraction(1, 5), duration_ms=20_000)).cuts == (
        *(0, 6, 12, 18),
    )


@given(
    width=st.integers(16, 8192),
    height=st.integers(16, 4320),
    content=st.sampled_from(["still", "camera"]),
    fps=st.fractions(Fraction(1, 100), 240),
    duration_ms=st.integers(1000, 14_400_000),
)
def test_every_ladder_is_even_distinct_ordered_and_not_above_the_source(
    width: int, height: int, content: str, fps: Fraction, duration_ms: int
) -> None:
    source = a_source(
        width=width, height=height, content=content, fps=fps, duration_ms=duration_ms
    )
    ladder = ladder_for(source)
    assert ladder.rungs
    assert len({rung.name for rung in ladder.rungs}) == len(ladder.rungs)
    areas = [rung.width * rung.height for rung in ladder.rungs]
    assert areas == sorted(areas, reverse=True)
    for rung in ladder.rungs:
        assert 2 <= rung.width <= width
        assert 2 <= rung.height <= height
        assert (rung.width % 2, rung.height % 2) == (0, 0)
    assert ladder.first in ladder.rungs
    assert ladder.download in ladder.rungs
    assert 1 <= ladder.fps <= (15 if content == "still" else 30)
    tail_s = duration_ms / 1000 - ladder.cuts[-1] / ladder.fps
    assert 0 < tail_s < SEGMENT_S + 2.001
    for before, after in pairwise(ladder.cuts):
        assert abs((after - before) / ladder.fps - SEGMENT_S) < 1 / ladder.fps


PLAIN = {"is_plain": True, "video_kbps": 2000}


def test_a_plain_source_keeps_its_own_pictures_on_top() -> None:
    ladder = ladder_for(a_source(**PLAIN))
    assert ladder.copied == ladder.rungs[0]
    assert [rung.name for rung in ladder.encoded] == ["720p", "480p", "360p", "240p"]
    assert not ladder.all_encoded().copied


def test_a_copied_rung_keeps_its_rate_beside_encoded_ones_of_half_of_it() -> None:
    source = a_source(is_plain=True, video_kbps=300, content="still")
    assert [rung.fps for rung in ladder_for(source).rungs] == [30, 15, 15]
    assert {rung.fps for rung in ladder_for(source).all_encoded().rungs} == {15}


def test_what_is_encoded_first_and_downloaded_is_never_the_copy() -> None:
    ladder = ladder_for(
        a_source(width=1280, height=720, is_plain=True, video_kbps=99, content="still")
    )
    assert ladder.copied
    assert ladder.copied.name == "720p"
    assert (ladder.first.name, ladder.download.name) == ("480p", "480p")
    assert not ladder.rest


@pytest.mark.parametrize(
    "changes",
    [
        {"is_plain": False},
        {"is_vfr": True},
        {"is_noisy": True},
        {"fps": Fraction(60)},
        {"video_kbps": 6201},
        {"content": "still", "video_kbps": 621},
        {"width": 2560, "height": 1440},
        {"width": 1366, "height": 768},
        {"width": 320, "height": 180},
        {"video_ms": 59_800},
    ],
)
def test_a_source_that_does_not_fit_is_encoded(changes: dict[str, Any]) -> None:
    assert ladder_for(a_source(**(PLAIN | changes))).copied is None


def test_an_operator_can_choose_the_rungs() -> None:
    plain = a_source(**PLAIN)
    assert ladder_for(plain, Options(copy=False)).copied is None
    low = ladder_for(plain, Options(low=False))
    assert [rung.name for rung in low.rungs] == ["1080p", "720p", "480p", "360p"]


def test_a_data_saver_stands_beside_the_480p_that_every_player_knows() -> None:
    ladder = ladder_for(a_source(), Options(av1=True))
    saver = next(rung for rung in ladder.rungs if rung.codec == "av1")
    twin = next(rung for rung in ladder.rungs if rung.name == "480p")
    assert saver.name == "480p-av1"
    assert (saver.width, saver.height, saver.fps) == (twin.width, twin.height, twin.fps)
    assert saver not in {ladder.first, ladder.download}


@pytest.mark.parametrize(
    "changes", [{"content": "still"}, {"width": 640, "height": 360}]
)
def test_where_av1_saves_nothing_there_is_none(changes: dict[str, Any]) -> None:
    rungs = ladder_for(a_source(**changes), Options(av1=True)).rungs
    assert all(rung.codec == "h264" for rung in rungs)


def test_fit_keeps_the_shape() -> None:
    assert fit(4000, 3000, 720) == (960, 720)
    assert fit(100, 50, 720) == (100, 50)
