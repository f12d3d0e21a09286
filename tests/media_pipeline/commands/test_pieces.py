"""The commands of a clip in pieces; what they make is checked in test_pieces above."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from media_pipeline.spans import Span
from tests.media_pipeline.commands.argv import SOUND, after, graph_of
from tests.media_pipeline.test_ladder import a_source

SPAN = Span(1800, 3600)


def a_recipe() -> Recipe:
    source = a_source(duration_ms=180_000, sound=SOUND)
    return Recipe("ffmpeg", source, ladder_for(source))


def piece(from_ms: int = 58_000, span: Span = SPAN) -> list[str]:
    recipe = a_recipe()
    return commands.encode_piece(recipe, recipe.ladder.rungs, span, from_ms)


def test_a_piece_is_sought_without_throwing_pictures_away() -> None:
    argv = piece()
    before_input = argv[: argv.index("-i")]
    assert after(before_input, "-ss") == "58.000"
    assert "-noaccurate_seek" in before_input
    assert {"-copyts", "-start_at_zero"} <= set(argv)


def test_the_first_piece_is_not_sought_at_all() -> None:
    argv = piece(0, Span(0, 1800))
    assert "-ss" not in argv
    assert "print" not in graph_of(argv)


def test_pictures_are_counted_on_the_grid_of_the_whole_before_any_is_scaled() -> None:
    graph = graph_of(piece())
    order = [
        graph.index(part)
        for part in ("fps=30:start_time=0", "end_frame=3600", "PTS-STARTPTS", "scale=")
    ]
    assert order == sorted(order)


def test_each_rung_is_a_file_with_the_cuts_of_its_span() -> None:
    argv = piece()
    for name in ("1080p.mp4", "720p.mp4", "360p.mp4"):
        assert name in argv
    assert after(argv, "-force_key_frames:v:0").startswith("0.000,5.992,11.992")
    assert "-hls_time" not in argv
    assert "-map_metadata" in argv


def test_the_sound_is_encoded_whole_and_alone() -> None:
    argv = commands.encode_sound(a_recipe())
    assert after(argv, "-var_stream_map") == "a:0,name:audio"
    assert "libx264" not in argv
    assert after(argv, "-t") == "180.000"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[Eval @ 0x7fd2b47e9690] 12.012000", 12.012),
        ("[Eval @ 0x7fd2b47e9690] -0.040000\n", -0.04),
        ("[h264 @ 0x7fd2b4978c00] mmco: unref short failure", None),
        ("frame=12", None),
    ],
)
def test_the_time_of_the_first_picture_is_told_apart(
    line: str, told: float | None
) -> None:
    assert commands.first_picture_s(line) == told


def test_a_list_says_how_long_each_piece_is_and_the_roundings_do_not_add_up() -> None:
    fps, pictures = Fraction(30_000, 1001), [1799, 1798, 1798]
    listed = commands.join_list(["0/a.mp4", "1/a.mp4", "2/a.mp4"], pictures, fps)
    head, *lines = listed.splitlines()
    assert head == "ffconcat version 1.0"
    assert lines[::2] == ["file 0/a.mp4", "file 1/a.mp4", "file 2/a.mp4"]
    told = sum(float(line.split()[1]) for line in lines[1::2])
    assert told == pytest.approx(float(sum(pictures) / fps), abs=1e-6)


def test_joining_encodes_nothing_and_cuts_at_every_key_frame() -> None:
    recipe = a_recipe()
    argv = commands.join_pieces(recipe, recipe.ladder.rungs[:2], Path("/pieces"))
    assert "file:/pieces/1080p.ffconcat" in argv
    assert after(argv, "-c") == "copy"
    assert after(argv, "-var_stream_map") == "v:0,name:1080p v:1,name:720p"
    assert float(after(argv, "-hls_time")) < 6


def test_stills_of_a_finished_rung_decode_its_key_frames_alone() -> None:
    argv = commands.stills_of(a_recipe(), "720p/playlist.m3u8")
    assert after(argv[: argv.index("-i")], "-skip_frame") == "nokey"
    assert any(part.startswith("storyboard-") for part in argv)
    assert any(part.startswith("candidate-") for part in argv)


def test_a_recipe_of_the_whole_trims_nothing() -> None:
    recipe = a_recipe()
    argv = commands.encode(recipe, recipe.ladder.rungs, sound=False, pictures=False)
    assert "trim" not in graph_of(argv)
    assert "trim" in graph_of(
        commands.encode(
            replace(recipe, span=SPAN),
            recipe.ladder.rungs,
            sound=False,
            pictures=False,
        )
    )
