"""Tracks taken as they are: packets change their container, nothing is encoded."""

from __future__ import annotations

import ffmpeg

from media_pipeline.commands.encoding import hls
from media_pipeline.commands.graph import BARE, compiled, open_source
from media_pipeline.commands.recipe import Recipe
from media_pipeline.ladder import Rung

DOWNLOAD = "download.mp4"
SOUND_FILE = "audio.m4a"
# Of H.264: slices, parameters, borders between pictures. What else stands there (notes,
# units that nobody has defined) may tell a place.
_PICTURES = "1|5|7-9"


def copy_rung(recipe: Recipe, rung: Rung) -> list[str]:
    """The source's own pictures, a segment for each key frame."""
    source = recipe.source
    video = open_source(source.path)[str(source.video_index)]
    options = {
        "c:v": "copy",
        "bsf:v": f"filter_units=pass_types={_PICTURES}",
        "hls_time": 0.01,
    }
    return compiled(recipe.ffmpeg, [hls([video], [f"v:0,name:{rung.name}"], options)])


def join_download(tool: str, rung: str, sound: str | None) -> list[str]:
    """A whole rung and its sound in one progressive MP4, and the sound by itself; their
    index in front."""
    trusted = {"protocol_whitelist": "file", "allowed_extensions": "ALL"}
    options = {"c": "copy", "movflags": "+faststart", **BARE}
    video = ffmpeg.input(rung, **trusted).video
    if sound is None:
        return compiled(tool, [ffmpeg.output(video, DOWNLOAD, **options)])
    heard = ffmpeg.input(sound, **trusted).audio
    return compiled(
        tool,
        [
            ffmpeg.output(video, heard, DOWNLOAD, **options),
            ffmpeg.output(heard, SOUND_FILE, **options),
        ],
    )
