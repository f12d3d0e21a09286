"""One decode into the HLS segments of several rungs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import ffmpeg

from media_pipeline.commands.graph import BARE, compiled, open_source
from media_pipeline.commands.picture import branches_of
from media_pipeline.commands.recipe import Recipe
from media_pipeline.commands.sound import levelled, sound_options
from media_pipeline.commands.stills import stills
from media_pipeline.ladder import SEGMENT_S, Rung

WORK_PLAYLIST = "work.m3u8"  # ffmpeg's own; package.py writes the one that is served


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
    groups = [f"v:{n},name:{rung.name}" for n, rung in enumerate(rungs)]
    options = _video_options(recipe, rungs)
    if sound and source.sound:
        streams.append(levelled(source, media[str(source.sound.index)]))
        groups = [group.replace(",", ",agroup:a,", 1) for group in groups]
        groups.append("a:0,agroup:a,default:yes,name:audio")
        options |= sound_options(source)
    outputs = [
        ffmpeg.output(
            *streams, f"%v/{WORK_PLAYLIST}", **options, **_hls_options(" ".join(groups))
        )
    ]
    if pictures:
        outputs += stills(source, branches["stills"])
    # "repeat": alike lines in a row would else be one, and they are counted.
    return compiled(recipe.ffmpeg, outputs, level="repeat+warning", progress=True)


def _video_options(recipe: Recipe, rungs: Sequence[Rung]) -> dict[str, object]:
    ladder = recipe.ladder
    last = ladder.last_keyframe_s
    options: dict[str, object] = {
        "c:v": "libx264",
        "preset": ladder.preset,
        "crf": ladder.crf,
        "profile:v": "high",
        "pix_fmt": "yuv420p",
        "sc_threshold": 0,
        # The same picture opens a segment in each rung; never a tiny last segment.
        "force_key_frames": f"expr:gte(t,n_forced*{SEGMENT_S})*lte(t,{last}+1)",
        "g": math.ceil(ladder.fps * (SEGMENT_S + 3)),
        "t": f"{recipe.source.duration_s:.3f}",
    }
    for number, rung in enumerate(rungs):
        options[f"maxrate:v:{number}"] = f"{rung.max_kbps}k"
        options[f"bufsize:v:{number}"] = f"{2 * rung.max_kbps}k"
    if recipe.threads:
        options["threads:v"] = recipe.threads
    return options


def _hls_options(groups: str) -> dict[str, object]:
    return {
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
        "var_stream_map": groups,
        **BARE,
    }
