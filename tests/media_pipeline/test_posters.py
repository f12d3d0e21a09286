"""Posters show something, and a storyboard's cues point at their tiles."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.posters import (
    best,
    choose_posters,
    storyboard_of,
    storyboard_vtt,
    write_storyboard,
)
from tests.media_pipeline.test_ladder import a_source


def _candidate(folder: Path, number: int, colours: tuple[str, str]) -> None:
    picture = Image.new("RGB", (320, 180), colours[0])
    picture.paste(colours[1], (40, 40, 200, 120))
    picture.save(folder / f"candidate-{number:02}.jpg")


def test_black_and_blank_pictures_are_passed_over(tmp_path: Path) -> None:
    for number in range(1, 13):
        _candidate(tmp_path, number, ("black", "black"))
    for number in (2, 7, 11):
        _candidate(tmp_path, number, ("navy", "white"))
    _candidate(tmp_path, 1, ("white", "white"))
    names = choose_posters(tmp_path)
    assert sorted(names) == ["poster-1.jpg", "poster-2.jpg", "poster-3.jpg"]
    for name in names:
        with Image.open(tmp_path / name) as picture:
            assert len(set(picture.convert("L").resize((32, 18)).tobytes())) > 2
    assert not list(tmp_path.glob("candidate-*"))


def test_choices_are_numbered_in_the_order_of_the_clip(tmp_path: Path) -> None:
    for number, colours in enumerate(
        [("gray", "black"), ("gray", "black"), ("black", "white")], start=1
    ):
        _candidate(tmp_path, number, colours)
    names = choose_posters(tmp_path)
    assert names[0] == "poster-3.jpg"
    assert set(names) == {"poster-1.jpg", "poster-2.jpg", "poster-3.jpg"}


def test_a_clip_of_one_tone_still_gets_a_poster(tmp_path: Path) -> None:
    for number in range(1, 4):
        _candidate(tmp_path, number, ("black", "black"))
    assert choose_posters(tmp_path) == ("poster-1.jpg",)


def test_no_candidates_give_no_poster(tmp_path: Path) -> None:
    assert choose_posters(tmp_path) == ()


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        ([1, 9, 2, 8, 3, 7], [1, 3, 5]),
        ([0, 0, 0, 0, 5, 1], [4]),
        ([0, 0, 0], [0]),
        ([3], [0]),
        ([], []),
    ],
)
def test_the_best_of_each_third_are_chosen(
    scores: list[float], chosen: list[int]
) -> None:
    assert best(scores, 3) == chosen


@pytest.mark.parametrize(
    ("duration_ms", "interval_s", "tiles", "grid", "sheets"),
    [
        (1000, 2, 1, (1, 1), 1),
        (12_000, 2, 6, (6, 1), 1),
        (120_000, 2, 60, (10, 6), 1),
        (600_000, 2, 300, (10, 10), 3),
        (2_700_000, 12, 225, (10, 10), 3),
        (14_400_000, 48, 300, (10, 10), 3),
    ],
)
def test_a_storyboard_stays_small_however_long_the_clip(
    duration_ms: int, interval_s: int, tiles: int, grid: tuple[int, int], sheets: int
) -> None:
    board = storyboard_of(a_source(duration_ms=duration_ms))
    assert (board.interval_s, board.tiles) == (interval_s, tiles)
    assert (board.columns, board.rows) == grid
    assert board.sheets == sheets


def test_cues_cover_the_clip_and_point_at_their_tiles() -> None:
    cues = storyboard_vtt(a_source(duration_ms=205_500)).split("\n\n")
    assert cues[0] == "WEBVTT"
    assert cues[12] == (
        "00:00:22.000 --> 00:00:24.000\nstoryboard-1.jpg#xywh=160,90,160,90"
    )
    assert cues[101] == (
        "00:03:20.000 --> 00:03:22.000\nstoryboard-2.jpg#xywh=0,0,160,90"
    )
    assert cues[-1].startswith("00:03:24.000 --> 00:03:25.500")


def test_a_portrait_clip_has_upright_tiles() -> None:
    board = storyboard_of(a_source(width=1080, height=1920))
    assert (board.width, board.height) == (90, 160)


def test_without_its_sheets_there_is_no_storyboard(tmp_path: Path) -> None:
    assert write_storyboard(tmp_path, a_source(duration_ms=4000)) is None
    (tmp_path / "storyboard-1.jpg").write_bytes(b"jpeg")
    assert write_storyboard(tmp_path, a_source(duration_ms=4000)) == "storyboard.vtt"
