"""Filters: what a source needs to look right in every player, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.ladder import Options, ladder_for
from tests.media_pipeline.commands.argv import encode_all, graph_of
from tests.media_pipeline.test_ladder import a_source


@pytest.mark.parametrize(
    ("changes", "filter_"),
    [
        ({"is_interlaced": True}, "yadif="),
        ({"must_convert": True}, "out_color_matrix=bt709"),
        ({"video_ms": 50_000}, "tpad=stop_duration=10.000"),
    ],
)
def test_odd_pictures_get_their_filter_and_others_do_not(
    changes: dict[str, Any], filter_: str
) -> None:
    assert filter_ in graph_of(encode_all(a_source(**changes)))
    assert filter_ not in graph_of(encode_all(a_source()))


def test_a_bright_picture_is_made_small_before_it_is_tone_mapped() -> None:
    graph = graph_of(encode_all(a_source(light="hlg", must_convert=True)))
    assert graph.index("scale=1920:1080") < graph.index("lut3d=tones.cube")
    assert graph.index("lut3d=tones.cube") < graph.index("out_color_matrix=bt709")
    assert "lut3d" not in graph_of(encode_all(a_source()))


def test_every_rung_names_its_colours() -> None:
    assert "setparams=color_primaries=bt709" in graph_of(encode_all(a_source()))
    small = graph_of(encode_all(a_source(colours="smpte170m")))
    assert "colorspace=smpte170m" in small
    assert "out_color_matrix=smpte170m" not in small.split("setparams")[0]


def test_rungs_of_one_size_share_one_scaling() -> None:
    source = a_source()
    ladder = ladder_for(source, Options(av1=True))
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), ladder.rungs, sound=False, pictures=False
    )
    assert graph_of(argv).count("scale=854:480") == 1


def test_text_on_slides_is_scaled_sharply() -> None:
    slides = graph_of(encode_all(a_source(content="still")))
    assert slides.count("param1=0.8") == 3
    assert "param1" not in graph_of(encode_all(a_source()))


def test_a_cameras_picture_is_averaged_where_it_becomes_much_smaller() -> None:
    source = a_source()
    ladder = ladder_for(source)
    first = commands.encode(
        Recipe("ffmpeg", source, ladder), [ladder.first], sound=False, pictures=False
    )
    assert "scale=640:360:flags=area" in graph_of(first)
    assert "flags=area" not in graph_of(encode_all(source))
