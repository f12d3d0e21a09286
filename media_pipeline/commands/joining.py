"""Finished tracks put together into one file, without encoding."""

from __future__ import annotations

import ffmpeg

from media_pipeline.commands.graph import BARE, compiled

DOWNLOAD = "download.mp4"


def join_download(tool: str, rung: str, audio: str | None) -> list[str]:
    """Copy a whole rung and its sound into one progressive MP4, index in front."""
    trusted = {"protocol_whitelist": "file", "allowed_extensions": "ALL"}
    streams = [ffmpeg.input(name, **trusted) for name in (rung, audio) if name]
    parts = [streams[0].video, *(part.audio for part in streams[1:])]
    options = {"c": "copy", "movflags": "+faststart", **BARE}
    return compiled(tool, [ffmpeg.output(*parts, DOWNLOAD, **options)])
