"""Every ffmpeg and ffprobe command of the project, as pure functions that return argv.

Nothing runs here. Commands run in the output folder (`cwd`), so that outputs are plain
relative names; the user's file is always an absolute `file:` path behind whitelists.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import ffmpeg

from media_pipeline.ladder import SEGMENT_S, Ladder, Rung, fit
from media_pipeline.posters import (
    CANDIDATES,
    POSTER_SIDE,
    POSTER_TRIES,
    SHEETS,
    storyboard_of,
)
from media_pipeline.source import Source

MAX_PIXELS = 35_389_440  # 8192×4320: what a decoder may allocate for one picture
FORMATS = "mov,matroska,webm,avi,asf,flv,mpeg,mpegts,ogg,mpegvideo"
SOUND_FORMATS = "mp3,wav,flac,aac,aiff,amr,ac3"
WORK_PLAYLIST = "work.m3u8"  # ffmpeg's own; package.py writes the one that is served
DOWNLOAD = "download.mp4"
TARGET_LUFS = -16.0  # for phones; -23 is for broadcast
MAX_GAIN_DB = 20.0
LOOK_FPS = 5
LOOK_SIZE = (160, 90)
GRAIN_SIZE = (320, 176)
GRAIN_FRAMES = 6

# zscale is the better tone mapping; swscale learnt its own in ffmpeg 8.
ToneMap = Literal["zscale", "scale", "none"]


@dataclass(frozen=True)
class Recipe:
    """What an encode needs to know besides the ladder."""

    ffmpeg: str
    source: Source
    ladder: Ladder
    threads: int = 0  # of each encoder; 0: ffmpeg decides
    tone_map: ToneMap = "none"


# --- asking -------------------------------------------------------------------


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
        *["-format_whitelist", formats, "-show_format", "-show_streams"],
        *["-of", "json", _url(path)],
    ]


def list_packets(ffprobe: str, path: Path) -> list[str]:
    """CSV: stream index, pts, dts, duration in seconds (or N/A), flags; nothing is decoded."""
    fields = "packet=stream_index,pts_time,dts_time,duration_time,flags"
    return [
        *[ffprobe, "-v", "error", "-protocol_whitelist", "file"],
        *["-format_whitelist", FORMATS, "-max_pixels", str(MAX_PIXELS)],
        *["-show_entries", fields, "-of", "csv=p=0", _url(path)],
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
        media = _input(source.path, ss=f"{start_s:.3f}", t=each_s, **_QUICKLY)
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
            _raw(
                looks.filter("scale", *LOOK_SIZE, flags="area"), f"look-{number}.gray"
            ),
            _raw(grain.filter("scale", *GRAIN_SIZE), f"grain-{number}.gray"),
        ]
    return _compile(tool, [*outputs, *_listen(source)], level="info")


def _listen(source: Source) -> list[Any]:
    if source.sound is None:
        return []
    sound = _input(source.path, vn=None)[str(source.sound.index)]
    if source.sound.channels != 2:
        return [ffmpeg.output(sound.filter("ebur128", framelog="quiet"), "-", f="null")]
    pads = sound.filter_multi_output("asplit", 2)
    levels = {"measure_perchannel": "RMS_level", "measure_overall": "none"}
    sides = pads[1].filter("stereotools", mode="lr>ms").filter("astats", **levels)
    return [
        ffmpeg.output(pads[0].filter("ebur128", framelog="quiet"), "-", f="null"),
        ffmpeg.output(sides, "-", f="null"),
    ]


def is_undecodable(exit_code: int | None, told: str) -> bool:
    """Did ffmpeg give up because the packets are rubbish? Exit code 69 says so, but
    releases before 7 end with 1 when not one picture came out."""
    return exit_code == 69 or "Cannot determine format of input stream" in told


def is_spoilt_picture(told: str) -> bool:
    """Is this line of an encode's stderr about a picture whose data were damaged, so that
    the decoder filled it in? What is filled in looks whole to everything after it."""
    return "corrupt decoded frame" in told and not told.startswith("[aist")


# --- encoding -----------------------------------------------------------------


def encode(
    recipe: Recipe, rungs: Sequence[Rung], *, sound: bool, pictures: bool
) -> list[str]:
    """One decode into the HLS segments of `rungs`, with the sound and with poster
    candidates and storyboard where asked. Reports progress on stdout and each spoilt
    picture on stderr."""
    source = recipe.source
    media = _input(source.path)
    branches = _chain(recipe, media[str(source.video_index)], rungs, pictures=pictures)
    streams = [branches[rung.name] for rung in rungs]
    groups = [f"v:{n},name:{rung.name}" for n, rung in enumerate(rungs)]
    options = _video_options(recipe, rungs)
    if sound and source.sound:
        streams.append(_levelled(source, media[str(source.sound.index)]))
        groups = [group.replace(",", ",agroup:a,", 1) for group in groups]
        groups.append("a:0,agroup:a,default:yes,name:audio")
        options |= _sound_options(source)
    outputs = [
        ffmpeg.output(
            *streams, f"%v/{WORK_PLAYLIST}", **options, **_hls_options(" ".join(groups))
        )
    ]
    if pictures:
        outputs += _pictures(source, branches["stills"])
    # "repeat": alike lines in a row would else be one, and they are counted.
    return _compile(recipe.ffmpeg, outputs, level="repeat+warning", progress=True)


def join_download(tool: str, rung: str, audio: str | None) -> list[str]:
    """Copy a whole rung and its sound into one progressive MP4, index in front."""
    trusted = {"protocol_whitelist": "file", "allowed_extensions": "ALL"}
    streams = [ffmpeg.input(name, **trusted) for name in (rung, audio) if name]
    parts = [streams[0].video, *(part.audio for part in streams[1:])]
    options = {"c": "copy", "movflags": "+faststart", **_BARE}
    return _compile(tool, [ffmpeg.output(*parts, DOWNLOAD, **options)])


# --- parts --------------------------------------------------------------------

# Place and maker of a phone clip must not travel on, nor may other tracks.
_BARE = {"map_metadata": -1, "map_chapters": -1, "sn": None, "dn": None}


def _url(path: Path) -> str:
    return f"file:{path.absolute()}"


def _input(path: Path, **options: object) -> Any:
    return ffmpeg.input(
        _url(path),
        protocol_whitelist="file",
        format_whitelist=FORMATS,
        max_pixels=MAX_PIXELS,
        **options,
    )


# Enough of a decode to tell slides from a camera, at half the cost.
_QUICKLY = {"skip_frame": "noref", "skip_loop_filter": "all"}


def _raw(stream: Any, name: str) -> Any:
    return ffmpeg.output(
        stream.filter("format", "gray"), name, f="rawvideo", fps_mode="passthrough"
    )


def _compile(
    tool: str, outputs: Sequence[Any], *, level: str = "error", progress: bool = False
) -> list[str]:
    command = ffmpeg.merge_outputs(*outputs) if len(outputs) > 1 else outputs[0]
    flags = ["-nostdin", "-hide_banner", "-nostats", "-v", level]
    if progress:
        flags += ["-progress", "pipe:1", "-stats_period", "0.5"]
    argv: list[str] = command.global_args(*flags).overwrite_output().compile(cmd=tool)
    return argv


def _chain(
    recipe: Recipe, video: Any, rungs: Sequence[Rung], *, pictures: bool
) -> dict[str, Any]:
    """One stream for each rung, scaled from the one above it, which halves the cost of
    scaling; and one named "stills", of the largest, for posters and storyboard."""
    here = _prepared(recipe, video, rungs[0])
    sizes = {rung.name: (rung.width, rung.height) for rung in rungs}
    names = ["stills"] * pictures + list(sizes)
    branches: dict[str, Any] = {}
    for name in names:
        if name in sizes:
            here = here.filter("scale", *sizes[name]).filter("setsar", 1)
        if name == names[-1]:
            branches[name] = here
        else:
            pads = here.filter_multi_output("split", 2)
            branches[name], here = pads[0], pads[1]
    return branches


def _prepared(recipe: Recipe, video: Any, largest: Rung) -> Any:
    """Progressive, constant rate, 8-bit 4:2:0 in the range that every player expects."""
    source = recipe.source
    if source.is_interlaced:
        video = video.filter("yadif", mode="send_frame", deint="interlaced")
    video = video.filter("fps", str(recipe.ladder.fps), start_time=0)
    if source.duration_ms > source.video_ms:
        gap_s = (source.duration_ms - source.video_ms) / 1000
        video = video.filter("tpad", stop_mode="clone", stop_duration=f"{gap_s:.3f}")
    if source.is_hdr:
        video = _tone_mapped(video, recipe.tone_map)
    colours = {"out_color_matrix": "bt709"} if source.is_rgb else {}
    video = video.filter(
        "scale", largest.width, largest.height, out_range="tv", **colours
    ).filter("format", "yuv420p")
    if source.is_noisy:
        video = video.filter("hqdn3d", "1.5", "1.5", "5", "5")
    return video


def _tone_mapped(video: Any, how: ToneMap) -> Any:
    if how == "zscale":
        return (
            video.filter("zscale", t="linear", npl=100)
            .filter("format", "gbrpf32le")
            .filter("zscale", p="bt709")
            .filter("tonemap", "hable", desat=0)
            .filter("zscale", t="bt709", m="bt709", r="tv")
        )
    if how == "scale":
        return video.filter(
            "scale",
            out_primaries="bt709",
            out_transfer="bt709",
            out_color_matrix="bt709",
            intent="perceptual",
        ).filter("format", "yuv420p")
    return video


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


def _levelled(source: Source, sound: Any) -> Any:
    """Sound from the first instant to the last, at the loudness of the whole library."""
    sound = sound.filter("aresample", 48000, **{"async": 1, "first_pts": 0})
    sound = sound.filter(
        "aformat", channel_layouts="stereo" if _is_wide(source) else "mono"
    )
    if source.sound and source.sound.loudness_lufs is not None:
        gain_db = min(TARGET_LUFS - source.sound.loudness_lufs, MAX_GAIN_DB)
        sound = sound.filter("volume", f"{gain_db:.1f}dB").filter(
            "alimiter", limit="0.84", level="disabled"
        )
    return sound.filter("apad", whole_dur=f"{source.duration_s:.3f}")


def _is_wide(source: Source) -> bool:
    return source.sound is not None and (
        source.sound.is_stereo or source.sound.channels > 2
    )


def _sound_options(source: Source) -> dict[str, object]:
    return {"c:a": "aac", "b:a": "96k" if _is_wide(source) else "64k"}


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
        **_BARE,
    }


def _pictures(source: Source, stills: Any) -> list[Any]:
    """Poster candidates spread over the clip, and the sheets of the storyboard."""
    pads = stills.filter_multi_output("split", 2)
    jpeg = {"c:v": "mjpeg", "f": "image2", "fps_mode": "passthrough", **_BARE}
    poster = (
        pads[0]
        .filter(
            "fps",
            f"{POSTER_TRIES * 1000}/{source.duration_ms}",
            start_time=f"{source.duration_s / POSTER_TRIES / 2:.3f}",
        )
        .filter("scale", *fit(source.width, source.height, POSTER_SIDE), out_range="pc")
    )
    board = storyboard_of(source)
    sheet = (
        pads[1]
        .filter("fps", f"1/{board.interval_s}", start_time=0)
        .filter("scale", board.width, board.height, out_range="pc")
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
