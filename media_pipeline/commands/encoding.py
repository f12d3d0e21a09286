"""One decode into the HLS segments of several rungs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import ffmpeg

from media_pipeline.commands.graph import BARE, compiled, decoder_of, open_source
from media_pipeline.commands.picture import branches_of
from media_pipeline.commands.recipe import Recipe
from media_pipeline.commands.sound import levelled, sound_options
from media_pipeline.commands.stills import stills
from media_pipeline.ladder import DENOISE, SEGMENT_S, SHORTEST_SEGMENT_S, Rung
from media_pipeline.source import Source

WORK_PLAYLIST = "work.m3u8"  # ffmpeg's own; playlists.py writes the one that is served
EVERY_CUT = {"hls_time": SHORTEST_SEGMENT_S}  # less than lies between two of them


def encode(
    recipe: Recipe, rungs: Sequence[Rung], *, sound: bool, pictures: bool
) -> list[str]:
    """One decode into the HLS segments of `rungs`, with the sound and with poster
    candidates and storyboard where asked. Reports progress on stdout and each spoilt
    picture on stderr."""
    source = recipe.source
    media = open_source(source.path, **decoder_of(source))
    branches = branches_of(
        recipe, media[str(source.video_index)], rungs, pictures=pictures
    )
    streams = [branches[rung.name] for rung in rungs]
    names = [f"v:{n},name:{rung.name}" for n, rung in enumerate(rungs)]
    options = video_options(recipe, rungs) | _until_the_end(source) | EVERY_CUT
    outputs = [hls(streams, names, options)]
    if sound and source.sound:
        outputs += sounds_of(recipe, media)
    if pictures:
        outputs += stills(source, branches["stills"])
    # "repeat": alike lines in a row would else be one, and they are counted.
    return compiled(recipe.ffmpeg, outputs, level="repeat+warning", progress=True)


def video_options(recipe: Recipe, rungs: Sequence[Rung]) -> dict[str, object]:
    """Each option said for each rung: encoders differ, and ffmpeg spoils a list of times
    for all streams but the first that it is said for."""
    options: dict[str, object] = {}
    for number, rung in enumerate(rungs):
        chosen = _encoder(recipe, rung) | {
            "force_key_frames": key_frames(recipe.ladder.cuts, recipe.ladder.fps),
            "g": math.ceil(recipe.ladder.fps * 2 * SEGMENT_S),
            "maxrate": f"{rung.max_kbps}k",
            "bufsize": f"{2 * rung.max_kbps}k",
        }
        options |= {f"{name}:v:{number}": value for name, value in chosen.items()}
    return options


def _encoder(recipe: Recipe, rung: Rung) -> dict[str, object]:
    if rung.codec == "av1":
        return {"c": "libsvtav1", "preset": 10, "crf": 42, "pix_fmt": "yuv420p"}
    quality = recipe.ladder.quality
    noise = [DENOISE] if recipe.source.is_noisy else []
    return {
        "c": "libx264",
        "preset": "veryfast",
        "crf": quality.crf,
        "x264-params": ":".join([quality.tuning, *noise]),
        "profile": "high",
        "pix_fmt": "yuv420p",
        "sc_threshold": 0,  # no key frames but those that open a segment
        **({"threads": recipe.threads} if recipe.threads else {}),
    }


def key_frames(cuts: Sequence[int], fps: Fraction) -> str:
    """Times for ffmpeg, which takes the first picture at or after each: early, so that no
    rounding makes it the next, but by less than the half picture that makes it the one
    before in releases that round the time first (5.1)."""
    times = (max(0.0, float((cut - Fraction(1, 4)) / fps)) for cut in cuts)
    return ",".join(f"{time:.3f}" for time in times)


def sounds_of(recipe: Recipe, media: Any) -> list[Any]:
    """Each encoding of the sound, from one decode."""
    sound = recipe.source.sound
    heard = levelled(recipe.source, media[str(sound.index if sound else 0)])
    pads = [heard]
    if len(recipe.sounds) > 1:
        pads = heard.filter_multi_output("asplit", len(recipe.sounds))
    options = _until_the_end(recipe.source) | {"hls_time": SEGMENT_S}
    return [
        hls(
            [pads[n]],
            [f"a:0,name:{name}"],
            sound_options(recipe.source, name) | options,
        )
        for n, name in enumerate(recipe.sounds)
    ]


def _until_the_end(source: Source) -> dict[str, object]:
    return {"t": f"{source.duration_s:.3f}"}


def hls(
    streams: Sequence[Any], names: Sequence[str], options: Mapping[str, object]
) -> Any:
    """Segments and ffmpeg's own playlist, in a folder for each of `names`."""
    container = {
        "f": "hls",
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
    return ffmpeg.output(
        *streams, f"%v/{WORK_PLAYLIST}", **options, **container, **BARE
    )
