"""Poster candidates and storyboard sheets, from the decode that feeds the rungs."""

from __future__ import annotations

from typing import Any

import ffmpeg

from media_pipeline.commands.graph import BARE
from media_pipeline.ladder import fit
from media_pipeline.posters import (
    CANDIDATES,
    POSTER_SIDE,
    POSTER_TRIES,
    SHEETS,
    storyboard_of,
)
from media_pipeline.source import Source

# JPEG knows no other colours than those of standard definition, from black to white.
_AS_JPEG = {"out_range": "pc", "out_color_matrix": "smpte170m"}


def stills(source: Source, stills: Any) -> list[Any]:
    """Poster candidates spread over the clip, and the sheets of the storyboard."""
    pads = stills.filter_multi_output("split", 2)
    jpeg = {"c:v": "mjpeg", "f": "image2", "fps_mode": "passthrough", **BARE}
    poster = (
        pads[0]
        .filter(
            "fps",
            f"{POSTER_TRIES * 1000}/{source.duration_ms}",
            start_time=f"{source.duration_s / POSTER_TRIES / 2:.3f}",
        )
        .filter("scale", *fit(source.width, source.height, POSTER_SIDE), **_AS_JPEG)
    )
    board = storyboard_of(source)
    sheet = (
        pads[1]
        .filter("fps", f"1/{board.interval_s}", start_time=0)
        .filter("scale", board.width, board.height, **_AS_JPEG)
        .filter("tile", f"{board.columns}x{board.rows}")
    )
    return [
        ffmpeg.output(
            poster.filter("format", "yuvj420p"),
            CANDIDATES,
            **{**jpeg, "q:v": 4, "frames:v": POSTER_TRIES},
        ),
        ffmpeg.output(
            sheet.filter("format", "yuvj420p"),
            SHEETS,
            **{**jpeg, "q:v": 6, "frames:v": board.sheets},
        ),
    ]
