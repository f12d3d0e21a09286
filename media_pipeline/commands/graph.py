"""What all commands share: how the user's file is opened, how a graph becomes argv."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from media_pipeline.source import Source

MAX_PIXELS = 35_389_440  # 8192×4320: what a decoder may allocate for one picture
FORMATS = "mov,matroska,webm,avi,asf,flv,mpeg,mpegts,ogg,mpegvideo"
SOUND_FORMATS = "mp3,wav,flac,aac,aiff,amr,ac3"

# Place and maker of a phone clip must not travel on, nor may other tracks.
BARE = {"map_metadata": -1, "map_chapters": -1, "sn": None, "dn": None}


def url_of(path: Path) -> str:
    return f"file:{path.absolute()}"


def open_source(path: Path, **options: object) -> Any:
    return ffmpeg.input(
        url_of(path),
        protocol_whitelist="file",
        format_whitelist=FORMATS,
        max_pixels=MAX_PIXELS,
        **options,
    )


def decoder_of(source: Source) -> dict[str, int]:
    """One thread keeps up with the encoders up to 1080p, and costs a sixth less."""
    return {"threads": 1} if source.width * source.height <= 1920 * 1080 else {}


def compiled(
    tool: str, outputs: Sequence[Any], *, level: str = "error", progress: bool = False
) -> list[str]:
    command = ffmpeg.merge_outputs(*outputs) if len(outputs) > 1 else outputs[0]
    flags = ["-nostdin", "-hide_banner", "-nostats", "-v", level]
    if progress:
        flags += ["-progress", "pipe:1", "-stats_period", "0.5"]
    argv: list[str] = command.global_args(*flags).overwrite_output().compile(cmd=tool)
    return argv
