"""A long clip in pieces: encoding one, asking what came of it, joining them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from media_pipeline.commands.encoding import (
    EVERY_CUT,
    hls,
    sounds_of,
    video_options,
)
from media_pipeline.commands.graph import (
    BARE,
    compiled,
    decoder_of,
    open_source,
    url_of,
)
from media_pipeline.commands.picture import branches_of
from media_pipeline.commands.recipe import Recipe
from media_pipeline.commands.stills import stills
from media_pipeline.ladder import SEGMENT_S, Rung
from media_pipeline.spans import Span, within

# What the filter in `_told_when` writes, as a warning, of the first picture.
_FIRST = re.compile(r"\[Eval @ \w+\] (-?[\d.]+)$")


def file_of(rung: Rung) -> str:
    return f"{rung.name}.mp4"


def encode_piece(
    recipe: Recipe, rungs: Sequence[Rung], span: Span, from_ms: int
) -> list[str]:
    """One decode of `span` into an MP4 for each rung. `from_ms`: of a key frame from
    which the source is read. Tells on stderr when the first picture was."""
    source = recipe.source
    media = open_source(source.path, **decoder_of(source), **_reading_from(from_ms))
    video = media[str(source.video_index)]
    video = _told_when(video) if from_ms else video
    ladder = replace(recipe.ladder, cuts=within(recipe.ladder.cuts, span))
    piece = replace(recipe, ladder=ladder, span=span)
    branches = branches_of(piece, video, rungs, pictures=False)
    outputs = [
        ffmpeg.output(
            branches[rung.name],
            file_of(rung),
            f="mp4",
            fps_mode="passthrough",
            **video_options(piece, [rung]),
            **BARE,
        )
        for rung in rungs
    ]
    return compiled(recipe.ffmpeg, outputs, level="repeat+warning", progress=True)


def _reading_from(from_ms: int) -> dict[str, object]:
    """Seek there, but throw nothing away: the picture shown at the start of a piece may
    be older. All times stay those of the whole clip."""
    if not from_ms:
        return {}
    kept = {"noaccurate_seek": None, "copyts": None, "start_at_zero": None}
    return {"ss": f"{from_ms / 1000:.3f}", **kept}


def _told_when(video: Any) -> Any:
    return video.filter("setpts", "if(eq(N,0),PTS+0*print(T,24),PTS)")


def first_picture_s(told: str) -> float | None:
    """Is this line of stderr the time of the first picture that was decoded?"""
    found = _FIRST.match(told.strip())
    return float(found[1]) if found else None


def encode_sound(recipe: Recipe) -> list[str]:
    """All of the sound and nothing else, into its HLS segments."""
    media = open_source(recipe.source.path)
    return compiled(recipe.ffmpeg, sounds_of(recipe, media), progress=True)


def count_pictures(ffprobe: str, name: str) -> list[str]:
    """CSV: how many, and what a decoder must know before the first."""
    return [
        *[ffprobe, "-v", "error", "-protocol_whitelist", "file"],
        *["-format_whitelist", "mov", "-show_data_hash", "sha256"],
        *["-show_entries", "stream=nb_frames,extradata_hash"],
        *["-of", "default=noprint_wrappers=1", f"file:{name}"],
    ]


def join_list(files: Sequence[str], pictures: Sequence[int], fps: Fraction) -> str:
    """For the concat demuxer. The length of each piece is said to the microsecond, from
    the pictures before and in it: what an MP4 says of itself is rounded more, and the
    roundings of all would add up."""
    lines, before, total = ["ffconcat version 1.0"], 0, 0
    for name, number in zip(files, pictures, strict=True):
        total += number
        end = round(total * 1_000_000 / fps)
        lines += [f"file {name}", f"duration {(end - before) / 1_000_000:.6f}"]
        before = end
    return "\n".join([*lines, ""])


def join_pieces(recipe: Recipe, rungs: Sequence[Rung], folder: Path) -> list[str]:
    """The lists `NAME.ffconcat` in `folder`, copied into the HLS segments that one
    encode of the whole would have written."""
    streams = [
        ffmpeg.input(
            url_of(folder / f"{rung.name}.ffconcat"),
            f="concat",
            protocol_whitelist="file",
        ).video
        for rung in rungs
    ]
    names = [f"v:{n},name:{rung.name}" for n, rung in enumerate(rungs)]
    return compiled(recipe.ffmpeg, [hls(streams, names, {"c": "copy", **EVERY_CUT})])


def stills_of(recipe: Recipe, playlist: str) -> list[str]:
    """Poster candidates and storyboard from the key frames of a finished rung."""
    source = recipe.source
    rung = ffmpeg.input(
        playlist,
        protocol_whitelist="file",
        allowed_extensions="ALL",
        skip_frame="nokey",
    )
    # The last key frame stands for what follows it.
    video = rung.video.filter("tpad", stop_mode="clone", stop_duration=2 * SEGMENT_S)
    return compiled(recipe.ffmpeg, stills(source, video))
