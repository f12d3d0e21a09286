"""Filters: what a source needs to look right in every player, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.media_pipeline.commands.argv import encode_all, graph_of
from tests.media_pipeline.test_ladder import a_source


@pytest.mark.parametrize(
    ("changes", "filter_"),
    [
        ({"is_interlaced": True}, "yadif="),
        ({"is_noisy": True}, "hqdn3d="),
        ({"is_rgb": True}, "out_color_matrix=bt709"),
        ({"video_ms": 50_000}, "tpad=stop_duration=10.000"),
    ],
)
def test_odd_pictures_get_their_filter_and_others_do_not(
    changes: dict[str, Any], filter_: str
) -> None:
    assert filter_ in graph_of(encode_all(a_source(**changes)))
    assert filter_ not in graph_of(encode_all(a_source()))


def test_hdr_is_tone_mapped_by_what_ffmpeg_has() -> None:
    hdr = a_source(is_hdr=True)
    assert "tonemap=hable" in graph_of(encode_all(hdr, tone_map="zscale"))
    assert "intent=perceptual" in graph_of(encode_all(hdr, tone_map="scale"))
    plain = graph_of(encode_all(hdr))
    assert "tonemap" not in plain
    assert "intent" not in plain
