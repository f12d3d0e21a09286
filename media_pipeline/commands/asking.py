"""Commands that ask: what a tool can do, what a file holds, how it looks and sounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from media_pipeline.commands.graph import (
    FORMATS,
    MAX_PIXELS,
    compiled,
    decoder_of,
    open_source,
    url_of,
)
from media_pipeline.source import Source

LOOK_FPS = 5
LOOK_SIZE = (160, 90)
GRAIN_SIZE = (320, 176)
GRAIN_FRAMES = 6

# Enough of a decode to tell slides from a camera, at half the cost.
_QUICKLY = {"skip_frame": "noref", "skip_loop_filter": "all"}


# No titles or other words of the file: they may be of any length.
_DESCRIBED = (
    "format=format_name,duration,start_time,probe_score"
    ":stream=index,codec_type,codec_name,profile,level,is_avc,width,height,pix_fmt,"
    "sample_aspect_ratio,field_order,color_range,color_space,color_transfer,channels,"
    "r_frame_rate,avg_frame_rate,nb_frames"
    ":stream_disposition=attached_pic:stream_side_data=rotation"
)


def version(tool: str) -> list[str]:
    return [tool, "-hide_banner", "-version"]


def listing(tool: str, kind: str) -> list[str]:
    return [tool, "-hide_banner", f"-{kind}"]


def describe(ffprobe: str, path: Path, formats: str = FORMATS) -> list[str]:
    """JSON of container and streams.

    Without a ceiling on pixels, so that a too large picture has a size to refuse it
    by; the memory limit of the process is what holds here.
    """
    return [
        *[ffprobe, "-v", "error", "-protocol_whitelist", "file"],
        *["-format_whitelist", formats, "-show_entries", _DESCRIBED],
        *["-of", "json", url_of(path)],
    ]


def list_packets(ffprobe: str, path: Path) -> list[str]:
    """CSV: stream index, pts, dts, duration in seconds (or N/A), bytes, place in the file
    (or N/A), flags; nothing is decoded."""
    fields = "packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags"
    return [
        *[ffprobe, "-v", "error", "-protocol_whitelist", "file"],
        *["-format_whitelist", FORMATS, "-max_pixels", str(MAX_PIXELS)],
        *["-show_entries", fields, "-of", "csv=p=0", url_of(path)],
    ]


def examine(
    tool: str, source: Source, starts_s: Sequence[float], each_s: float
) -> list[str]:
    """Look at some seconds of picture from each start, and listen to all the sound.

    Writes `look-N.gray` (5 pictures a second) and `grain-N.gray` (consecutive pictures
    at full scale); stderr then tells loudness and the mean levels of mid and side.
    """
    outputs = []
    for number, start_s in enumerate(starts_s):
        window = {"ss": f"{start_s:.3f}", "t": each_s, **_QUICKLY, **decoder_of(source)}
        media = open_source(source.path, **window)
        video = media[str(source.video_index)].filter_multi_output("split", 2)
        looks = video[0].filter("fps", LOOK_FPS, start_time=0)
        grain = (
            video[1]
            .filter("trim", end_frame=GRAIN_FRAMES)
            .filter(
                "crop",
                *(
                    f"min({side},{most})"
                    for side, most in zip(("iw", "ih"), GRAIN_SIZE, strict=True)
                ),
            )
        )
        outputs += [
            # A time that jumps would be filled with copies, hours of them.
            _raw(
                looks.filter("scale", *LOOK_SIZE, flags="area"),
                f"look-{number}.gray",
                math.ceil(each_s * LOOK_FPS) + 1,
            ),
            _raw(
                grain.filter("scale", *GRAIN_SIZE), f"grain-{number}.gray", GRAIN_FRAMES
            ),
        ]
    return compiled(tool, [*outputs, *_listen(source)], level="info")


def _listen(source: Source) -> list[Any]:
    if source.sound is None:
        return []
    sound = open_source(source.path, vn=None)[str(source.sound.index)]
    if source.sound.channels != 2:
        return [
            ffmpeg.output(sound.filter("ebur128", framelog="verbose"), "-", f="null")
        ]
    pads = sound.filter_multi_output("asplit", 2)
    levels = {"measure_perchannel": "RMS_level", "measure_overall": "none"}
    sides = pads[1].filter("stereotools", mode="lr>ms").filter("astats", **levels)
    return [
        ffmpeg.output(pads[0].filter("ebur128", framelog="verbose"), "-", f="null"),
        ffmpeg.output(sides, "-", f="null"),
    ]


def is_undecodable(exit_code: int | None, told: str) -> bool:
    """Did ffmpeg give up because the packets are rubbish? Exit code 69 says so, but
    where not one picture came out for an output, only words do: older ones before 7."""
    no_picture = ("Cannot determine format of input stream", "received no packets")
    return exit_code == 69 or any(words in told for words in no_picture)


def is_spoilt_picture(told: str) -> bool:
    """Is this line of an encode's stderr about a picture whose data were damaged, so that
    the decoder filled it in? What is filled in looks whole to everything after it."""
    return "corrupt decoded frame" in told and not told.startswith("[aist")


def _raw(stream: Any, name: str, most: int) -> Any:
    options = {"f": "rawvideo", "fps_mode": "passthrough", "frames:v": most}
    return ffmpeg.output(stream.filter("format", "gray"), name, **options)
