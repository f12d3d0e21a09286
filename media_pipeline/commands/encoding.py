"""One decode into the HLS segments of several rungs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import ffmpeg

from media_pipeline.commands.graph import BARE, compiled, open_source
from media_pipeline.commands.picture import branches_of
from media_pipeline.commands.recipe import Recipe
from media_pipeline.commands.sound import levelled, sound_options
from media_pipeline.commands.stills import stills
from media_pipeline.ladder import SEGMENT_S, Rung
from media_pipeline.source import Source

WORK_PLAYLIST = "work.m3u8"  # ffmpeg's own; playlists.py writes the one that is served
AUDIO = "audio"


def encode(
    recipe: Recipe, rungs: Sequence[Rung], *, sound: bool, pictures: bool
) -> list[str]:
    """One decode into the HLS segments of `rungs`, with the sound and with poster
    candidates and storyboard where asked. Reports progress on stdout and each spoilt
    picture on stderr."""
    source = recipe.source
    media = open_source(source.path)
    branches = branches_of(
        recipe, media[str(source.video_index)], rungs, pictures=pictures
    )
    streams = [branches[rung.name] for rung in rungs]
    names = [f"v:{n},name:{rung.name}" for n, rung in enumerate(rungs)]
    outputs = [_hls(streams, names, source, video_options(recipe, rungs))]
    if sound and source.sound:
        heard = levelled(source, media[str(source.sound.index)])
        names = [f"a:0,name:{AUDIO}"]
        outputs.append(_hls([heard], names, source, sound_options(source)))
    if pictures:
        outputs += stills(source, branches["stills"])
    # "repeat": alike lines in a row would else be one, and they are counted.
    return compiled(recipe.ffmpeg, outputs, level="repeat+warning", progress=True)


def video_options(recipe: Recipe, rungs: Sequence[Rung]) -> dict[str, object]:
    ladder = recipe.ladder
    options: dict[str, object] = {
        "c:v": "libx264",
        "preset": ladder.preset,
        "crf": ladder.crf,
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        # No key frames but those that open a segment, the same in each rung.
        "sc_threshold": 0,
        "g": math.ceil(ladder.fps * 2 * SEGMENT_S),
    }
    for number, rung in enumerate(rungs):
        # Said for each: ffmpeg spoils a list of times for all streams but the first.
        options[f"force_key_frames:v:{number}"] = key_frames(ladder.cuts, ladder.fps)
        options[f"maxrate:v:{number}"] = f"{rung.max_kbps}k"
        options[f"bufsize:v:{number}"] = f"{2 * rung.max_kbps}k"
    if recipe.threads:
        options["threads:v"] = recipe.threads
    return options


def key_frames(cuts: Sequence[int], fps: Fraction) -> str:
    """Times for ffmpeg, which takes the first picture at or after each: half a picture
    early, so that no rounding makes it the next."""
    times = (max(0.0, float((cut - Fraction(1, 2)) / fps)) for cut in cuts)
    return ",".join(f"{time:.3f}" for time in times)


def _hls(
    streams: Sequence[Any], names: Sequence[str], source: Source, codec: dict[str, Any]
) -> Any:
    options = {
        "t": f"{source.duration_s:.3f}",
        "f": "hls",
        "hls_time": SEGMENT_S,
        "hls_playlist_type": "event",
        "hls_segment_type": "fmp4",
        # A stopped ffmpeg would else end its playlist as if it were whole.
        "hls_flags": "independent_segments+temp_file+omit_endlist",
        "hls_fmp4_init_filename": "init.mp4",
        "hls_segment_filename": "%v/s_%05d.m4s",
        # Reordered pictures begin before 0. Shifted, each track would start at another
        # time by an empty edit, which browsers ignore: sound 0.1 s ahead of slides.
        "avoid_negative_ts": "disabled",
        "var_stream_map": " ".join(names),
    }
    return ffmpeg.output(*streams, f"%v/{WORK_PLAYLIST}", **codec, **options, **BARE)
