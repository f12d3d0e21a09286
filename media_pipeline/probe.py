"""Is this file a video that we can use, and what is in it? Decided before any encode."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.conf import settings

from media_pipeline import binaries, commands, packets, signatures
from media_pipeline.errors import RefusedError, ToolError
from media_pipeline.packets import WHOLE, Packets
from media_pipeline.session import Session
from media_pipeline.source import Colours, Light, Sound, Source

UNKNOWN = {"unknown", "none"}
MOST_LINES = 20_000  # thirty tell a stream
# These declare their length themselves; for others ffmpeg only estimates one.
DECLARING = ("matroska", "avi", "asf", "flv", "mov")
_INTERLACED = {"tt", "bb", "tb", "bt"}
_LIGHT: dict[str, Light] = {"smpte2084": "pq", "arib-std-b67": "hlg"}
_RGB = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8")
_STANDARD = {"smpte170m", "bt470bg"}  # one matrix under two names
_STANDARD_HEIGHT = 576  # up to here players take unnamed colours for standard ones


@dataclass(frozen=True)
class Limits:
    """What a file may be at most, or must be at least."""

    max_bytes: int = 4 * 1024**3
    max_seconds: float = 4 * 3600
    min_seconds: float = 1
    min_side: int = 16
    max_side: int = 8192
    max_pixels: int = commands.MAX_PIXELS
    max_streams: int = 20
    max_work: float = 4e12  # pixels to decode in all: four hours of 4K

    @classmethod
    def from_settings(cls) -> Limits:
        return cls(
            max_bytes=settings.MAX_UPLOAD_BYTES,
            max_seconds=settings.MAX_CLIP_SECONDS,
            min_seconds=settings.MIN_CLIP_SECONDS,
        )


def probe(path: Path, limits: Limits, session: Session | None = None) -> Source:
    """What `path` holds, without the look at its pictures (`sampling.sample`).

    Raises RefusedError with the reason for the uploader.
    """
    session = session or Session()
    _check_size(path, limits)
    _check_head(path)
    described = _describe(path, session)
    streams: list[dict[str, Any]] = described["streams"]
    _check_streams(streams, limits)
    video = _video_of(streams)
    size = _displayed(video)
    _check_dimensions(video, size, limits)
    if video.get("codec_name", "unknown") in UNKNOWN:
        raise RefusedError("not_a_video", "pictures of a codec that nobody knows")
    _check_declared(described["format"], limits)
    told = {one["index"]: int(one.get("nb_frames", 0)) for one in streams}
    bar = packets.Bar(limits.max_seconds, limits.max_streams, told)
    tracks = packets.read(path, bar, session)
    _check_whole(described["format"], video, tracks, path.stat().st_size)
    _check_continuous(described, video, tracks)
    _check_work(video, tracks, limits)
    source = _source(path, size, streams, tracks)
    _check_duration(source, limits)
    return source


# --- the checks ---------------------------------------------------------------


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("empty")
    if size > limits.max_bytes:
        raise RefusedError("too_large", f"{size} bytes")


def _check_head(path: Path) -> None:
    if signatures.is_picture(path):
        raise RefusedError("not_a_video", "a still picture in a video's container")
    size, promised = path.stat().st_size, signatures.promised_bytes(path)
    if size < WHOLE * promised:
        raise RefusedError("damaged", f"{size} of {promised} bytes")


def _check_streams(streams: list[dict[str, Any]], limits: Limits) -> None:
    if not streams:
        raise RefusedError("not_a_video", "no streams")
    if len(streams) > limits.max_streams:
        raise RefusedError("too_many_streams", f"{len(streams)} streams")


def _check_dimensions(
    video: dict[str, Any], size: tuple[int, int], limits: Limits
) -> None:
    stored = int(video.get("width", 0)), int(video.get("height", 0))
    if stored == (0, 0):
        raise RefusedError("damaged", "no picture could be decoded")
    sides = (*stored, *size)
    if min(sides) < limits.min_side or max(sides) > limits.max_side:
        raise RefusedError("bad_dimensions", f"{stored} shown as {size}")
    if max(stored[0] * stored[1], size[0] * size[1]) > limits.max_pixels:
        raise RefusedError("bad_dimensions", f"{stored} shown as {size}")


def _check_declared(container: dict[str, Any], limits: Limits) -> None:
    declared_s = _seconds(container.get("duration"))
    if _is_declaring(container) and declared_s > limits.max_seconds:
        raise RefusedError("too_long", f"declares {declared_s:.0f} s")


def _is_declaring(container: dict[str, Any]) -> bool:
    return str(container.get("format_name", "")).startswith(DECLARING)


def _check_whole(
    container: dict[str, Any],
    video: dict[str, Any],
    tracks: dict[int, Packets],
    size: int,
) -> None:
    """The index may stand in front of media that was never copied: count what is there."""
    track = tracks.get(video["index"], Packets())
    if track.count == 0:
        raise RefusedError("damaged", "no picture data")
    name = str(container.get("format_name", ""))
    pictures = int(video.get("nb_frames", 0))
    if name.startswith("mov") and pictures:
        if track.count < WHOLE * pictures:
            raise RefusedError("damaged", f"{track.count} of {pictures} pictures")
        return
    declared_s = _seconds(container.get("duration"))
    if name == "avi" and (fps := _ratio(video.get("r_frame_rate", "0/0"))):
        declared_s = pictures / float(fps)  # ffprobe's own follows the file's size
    start_s = _seconds(container.get("start_time"))
    found_s = max(one.end_s for one in tracks.values()) - start_s
    if _is_declaring(container) and declared_s:
        if found_s < WHOLE * declared_s - 0.5:
            raise RefusedError("damaged", f"{found_s:.1f} of {declared_s:.1f} s")
    else:
        packets.check_covered(name, tracks.values(), size)


def _check_continuous(
    described: dict[str, Any], video: dict[str, Any], tracks: dict[int, Packets]
) -> None:
    """Sound never has a gap of minutes; pictures may, where the header tells the length
    (that of FLV is often but its last time)."""
    sound, container = _sound_of(described["streams"], tracks), described["format"]
    used = [tracks[sound.index]] if sound else []
    is_told = _is_declaring(container) and _seconds(container.get("duration"))
    if not is_told or container["format_name"] == "flv":
        used.append(tracks[video["index"]])
    for one in used:
        if one.is_sparse:
            detail = f"{one.count} packets in {one.span_s:.0f} s"
            raise RefusedError("damaged", detail)


def _check_work(
    video: dict[str, Any], tracks: dict[int, Packets], limits: Limits
) -> None:
    """A small file can hold more pictures than anybody could decode."""
    pixels = int(video["width"]) * int(video["height"])
    count = tracks[video["index"]].count
    if count * pixels > limits.max_work:
        raise RefusedError("too_long", f"{count} pictures of {pixels} pixels")


def _check_duration(source: Source, limits: Limits) -> None:
    if source.duration_s > limits.max_seconds:
        raise RefusedError("too_long", f"{source.duration_s:.0f} s")
    if source.duration_s < limits.min_seconds - 0.05:
        raise RefusedError("too_short", f"{source.duration_s:.2f} s")


# --- reading ------------------------------------------------------------------


def _describe(path: Path, session: Session) -> dict[str, Any]:
    tool = binaries.find().ffprobe
    try:
        return _json(commands.describe(tool, path), path, session)
    except ToolError as error:
        if not _is_verdict(error):
            raise
        raise RefusedError(_why_unreadable(path, session), error.detail) from error


def _is_verdict(error: ToolError) -> bool:
    """Not there, too slow, or crashed: that is none on the file."""
    return error.exit_code is not None and error.exit_code > 0


def _json(argv: list[str], path: Path, session: Session) -> dict[str, Any]:
    lines: list[str] = []

    def take(line: str) -> None:
        lines.append(line)
        if len(lines) > MOST_LINES:
            raise RefusedError("too_many_streams", f"over {MOST_LINES} lines of them")

    session.run(
        argv,
        cwd=None,
        reads=(path.absolute(),),
        timeout_s=60,
        on_line=take,
        bounds=packets.BOUNDS,
    )
    try:
        found: dict[str, Any] = json.loads("\n".join(lines))
    except ValueError as error:
        raise ToolError("ffprobe ended well, but told nothing") from error
    return {"format": found.get("format", {}), "streams": found.get("streams", [])}


def _why_unreadable(path: Path, session: Session) -> str:
    """The container was not opened: is it broken, only sound, or something else?"""
    if signatures.is_video_container(path):
        return "damaged"
    if signatures.is_tagged_sound(path):
        return "no_video"
    argv = commands.describe(binaries.find().ffprobe, path, commands.SOUND_FORMATS)
    try:
        container = _json(argv, path, session)["format"]
    except ToolError as error:
        if not _is_verdict(error):
            raise
        return "not_a_video"
    # Noise can look like a few frames of MP3; then ffprobe says so by its score.
    return "no_video" if container.get("probe_score", 0) >= 50 else "not_a_video"


# --- what it is ---------------------------------------------------------------


def _video_of(streams: Iterable[dict[str, Any]]) -> dict[str, Any]:
    for stream in streams:
        cover = stream.get("disposition", {}).get("attached_pic")
        if stream.get("codec_type") == "video" and not cover:
            return stream
    raise RefusedError("no_video", "no stream of moving pictures")


def _sound_of(
    streams: Iterable[dict[str, Any]], tracks: dict[int, Packets]
) -> Sound | None:
    for stream in streams:
        known = stream.get("codec_name", "unknown") not in UNKNOWN
        filled = tracks.get(stream["index"], Packets()).count > 1
        if stream.get("codec_type") == "audio" and known and filled:
            channels = int(stream.get("channels") or 1)
            return Sound(stream["index"], stream["codec_name"], channels)
    return None


def _displayed(video: dict[str, Any]) -> tuple[int, int]:
    """Width and height on a screen: pixel aspect and rotation applied."""
    width, height = int(video.get("width", 0)), int(video.get("height", 0))
    aspect = _ratio(video.get("sample_aspect_ratio", "1:1").replace(":", "/"))
    if aspect and aspect != 1:
        width = max(1, round(width * aspect))
    return (height, width) if _rotation(video) in {90, 270} else (width, height)


def _rotation(video: dict[str, Any]) -> int:
    for data in video.get("side_data_list", ()):
        if "rotation" in data:  # counter-clockwise, as ffprobe gives it
            return round(-float(data["rotation"]) / 90) * 90 % 360
    return 0


def _source(
    path: Path,
    size: tuple[int, int],
    streams: list[dict[str, Any]],
    tracks: dict[int, Packets],
) -> Source:
    video = _video_of(streams)
    sound = _sound_of(streams, tracks)
    track = tracks[video["index"]]
    used = [track, tracks[sound.index]] if sound else [track]
    start_s = min(one.start_s for one in used)
    end_s = max(one.end_s for one in used)
    if not (math.isfinite(start_s) and math.isfinite(track.end_s)):
        raise RefusedError("damaged", "no picture has a time")
    fps, is_vfr = _rate(video, track)
    colours, must_convert = _colours(video)
    return Source(
        path=path.absolute(),
        width=size[0],
        height=size[1],
        duration_ms=round((end_s - start_s) * 1000),
        video_ms=round((track.end_s - start_s) * 1000),
        fps=fps,
        video_index=video["index"],
        video_codec=video.get("codec_name", "unknown"),
        rotation=_rotation(video),
        is_vfr=is_vfr,
        is_interlaced=video.get("field_order") in _INTERLACED,
        light=_light(video),
        colours=colours,
        must_convert=must_convert,
        is_plain=_is_plain(video) and _is_simple(track, start_s),
        video_kbps=round(track.bytes / 125 / max(track.end_s - track.start_s, 0.001)),
        sound=sound,
        keyframes_ms=tuple(round((at - start_s) * 1000) for at in track.keyframes_s),
    )


def _colours(video: dict[str, Any]) -> tuple[Colours, bool]:
    """Which the rungs get, and whether the source's must be converted to them."""
    named = video.get("color_space", "unknown")
    if _light(video) != "sdr" or str(video.get("pix_fmt", "")).startswith(_RGB):
        return "bt709", True
    unnamed = named == "unknown" and int(video["height"]) <= _STANDARD_HEIGHT
    if unnamed or named in _STANDARD:
        return "smpte170m", False
    return "bt709", named not in {"unknown", "bt709"}


def _light(video: dict[str, Any]) -> Light:
    return _LIGHT.get(video.get("color_transfer", ""), "sdr")


def _is_plain(video: dict[str, Any]) -> bool:
    """Would every player show this stream as it is?"""
    return (
        video.get("codec_name") == "h264"
        and video.get("is_avc") == "true"  # parameters stand apart, not among pictures
        and video.get("profile") in {"Constrained Baseline", "Main", "High"}
        and int(video.get("level", 99)) <= 42
        and video.get("pix_fmt") == "yuv420p"
        and video.get("field_order") == "progressive"
        and video.get("sample_aspect_ratio", "1:1") in {"1:1", "0:1"}
        and video.get("color_range", "tv") == "tv"
        and video.get("color_space", "bt709") in {"bt709", *_STANDARD}
        and video.get("color_transfer", "bt709") in {"bt709", *_STANDARD}
        and not any("rotation" in data for data in video.get("side_data_list", ()))
    )


def _is_simple(track: Packets, start_s: float) -> bool:
    """Do its pictures start with the clip, with a key frame, and all show?"""
    keyframes_s = track.keyframes_s[:1]
    return not track.hidden and keyframes_s == [track.start_s] == [start_s]


def _rate(video: dict[str, Any], track: Packets) -> tuple[Fraction, bool]:
    """Pictures per second, and whether their distance varies.

    The header's exact fraction is taken where the packets agree with it.
    """
    span_s = track.end_s - track.start_s
    counted = track.count / span_s if span_s > 0 else 25.0
    slack = (1.5 + 0.02 * track.count) / max(span_s, 0.001)
    named = _ratio(video.get("avg_frame_rate", "0/0"))
    base = _ratio(video.get("r_frame_rate", "0/0"))
    is_exact = bool(named) and abs(float(named) - counted) <= slack
    is_vfr = not is_exact or abs(float(base) - float(named)) > 0.01 * float(named)
    fps = named if is_exact else Fraction(counted).limit_denominator(1001)
    return max(fps, Fraction(1, 100)), is_vfr


def _ratio(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _seconds(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
