"""A playable package: our own exact playlists, the proof that it is whole, its manifest."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from media_pipeline.commands import WORK_PLAYLIST
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.ladder import SHORTEST_TAIL_S, Rung
from media_pipeline.source import Content, Source

MASTER = "master.m3u8"
PLAYLIST = "playlist.m3u8"
AUDIO = "audio"
AUDIO_CODEC = "mp4a.40.2"  # AAC-LC
WHOLE = 0.95
ALIGNED_S = 0.002


@dataclass(frozen=True)
class Segment:
    name: str
    duration_s: float
    bytes: int


@dataclass(frozen=True)
class Track:
    """The finished segments of one rendition, or of the sound."""

    folder: str
    init: str
    init_bytes: int
    segments: tuple[Segment, ...]

    @property
    def duration_s(self) -> float:
        return sum(segment.duration_s for segment in self.segments)

    @property
    def bytes(self) -> int:
        return self.init_bytes + sum(segment.bytes for segment in self.segments)

    @property
    def peak_bps(self) -> int:
        return max(
            math.ceil(segment.bytes * 8 / segment.duration_s)
            for segment in self.segments
        )

    @property
    def average_bps(self) -> int:
        media = sum(segment.bytes for segment in self.segments)
        return math.ceil(media * 8 / self.duration_s)

    @property
    def playlist(self) -> str:
        return f"{self.folder}/{PLAYLIST}"


@dataclass(frozen=True)
class Rendition:
    name: str
    width: int
    height: int
    fps: float
    bytes: int
    peak_kbps: int
    average_kbps: int
    playlist: str


@dataclass(frozen=True)
class Audio:
    bytes: int
    average_kbps: int
    playlist: str


@dataclass(frozen=True)
class Download:
    file: str
    bytes: int


@dataclass(frozen=True)
class Seconds:
    wall: float
    cpu: float  # user + system of all children


@dataclass(frozen=True)
class Manifest:
    """What OUT_DIR holds; `as_json()` is what `transcode --json` prints.

    Paths are relative to OUT_DIR. After the first phase of a long clip `download`,
    `poster` and `storyboard` are still None and `is_whole` is false.
    """

    content: Content
    source: dict[str, object]
    master: str
    renditions: tuple[Rendition, ...]
    audio: Audio | None
    first_playable_s: float
    seconds: Seconds
    commands: tuple[tuple[str, ...], ...]
    download: Download | None = None
    poster: str | None = None
    posters: tuple[str, ...] = field(default=())  # `poster` first
    storyboard: str | None = None
    is_whole: bool = False

    def as_json(self) -> dict[str, object]:
        return {"accepted": True, **asdict(self)}


# --- reading what ffmpeg wrote --------------------------------------------------


def read_track(out_dir: Path, folder: str) -> Track:
    """The segments that ffmpeg's own playlist lists, each there and not empty."""
    path = out_dir / folder / WORK_PLAYLIST
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    init = re.search(r'#EXT-X-MAP:URI="([^"]+)"', text)
    listed = re.findall(r"#EXTINF:([\d.]+),[^\n]*\n([^#\n]+)", text)
    if init is None or not listed:
        raise PackageError(f"{folder}: no segments")
    return Track(
        folder,
        init[1],
        _size(out_dir / folder / init[1]),
        tuple(
            Segment(name, float(duration_s), _size(out_dir / folder / name))
            for duration_s, name in listed
        ),
    )


def join_short_tail(out_dir: Path, track: Track) -> Track:
    """Append a last segment under two seconds to the one before it.

    A sound track is cut at the same times as the pictures but may end a moment later;
    the overhead of such a crumb would look like a peak rate.
    """
    *before, last = track.segments
    if not before or last.duration_s >= SHORTEST_TAIL_S:
        return track
    folder = out_dir / track.folder
    with (folder / before[-1].name).open("ab") as whole:
        whole.write((folder / last.name).read_bytes())
    (folder / last.name).unlink()
    joined = Segment(
        before[-1].name,
        before[-1].duration_s + last.duration_s,
        before[-1].bytes + last.bytes,
    )
    return replace(track, segments=(*before[:-1], joined))


def _size(path: Path) -> int:
    size = path.stat().st_size if path.is_file() else 0
    if size == 0:
        raise PackageError(f"{path.parent.name}/{path.name} is missing or empty")
    return size


def video_codec(init: bytes) -> str:
    """`avc1.PPCCLL` from the avcC box of an init segment (RFC 6381)."""
    at = init.find(b"avcC")
    if at < 0 or len(init) < at + 8:
        raise PackageError("no avcC box in the init segment")
    profile, compatibility, level = struct.unpack_from("BBB", init, at + 5)
    return f"avc1.{profile:02x}{compatibility:02x}{level:02x}"


# --- proving --------------------------------------------------------------------


def check(source: Source, tracks: Sequence[Track], sound: Track | None) -> None:
    """Raises RefusedError("damaged") when the source ended early, PackageError when
    the tracks of one decode do not fit each other."""
    for track in (*tracks, *([sound] if sound else [])):
        if track.duration_s < WHOLE * source.duration_s - 0.1:
            raise RefusedError(
                "damaged", f"{track.duration_s:.1f} of {source.duration_s:.1f} s decode"
            )
        if track.duration_s > source.duration_s + 1:
            raise PackageError(f"{track.folder} is longer than the source")
    for track in tracks[1:]:
        if not _is_aligned(tracks[0], track):
            raise PackageError(f"{track.folder} is cut unlike {tracks[0].folder}")


def check_again(before: Sequence[Track], fresh: Sequence[Track]) -> None:
    """`before` and `fresh` are two decodes of one source. A good one decodes alike each
    time; in a damaged one threads and chance decide which pictures come out."""
    for one in before[:1]:
        for other in fresh:
            if not _is_aligned(one, other):
                raise RefusedError(
                    "damaged", f"{other.folder} decodes unlike {one.folder}"
                )


def _is_aligned(one: Track, other: Track) -> bool:
    return len(one.segments) == len(other.segments) and all(
        abs(a.duration_s - b.duration_s) < ALIGNED_S
        for a, b in zip(one.segments, other.segments, strict=True)
    )


# --- writing --------------------------------------------------------------------


def media_playlist(track: Track) -> str:
    longest_s = max(segment.duration_s for segment in track.segments)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, round(longest_s))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{track.init}"',
    ]
    for segment in track.segments:
        lines += [f"#EXTINF:{segment.duration_s:.6f},", segment.name]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(
    out_dir: Path,
    rungs: Sequence[tuple[Rung, Track]],
    sound: Track | None,
    fps: Fraction,
) -> str:
    """Variants from the smallest up: a player that does not measure starts small."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if sound:
        lines.append(
            '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,'
            f'AUTOSELECT=YES,URI="{sound.playlist}"'
        )
    for rung, track in sorted(rungs, key=lambda pair: pair[0].width * pair[0].height):
        codecs = [video_codec((out_dir / track.folder / track.init).read_bytes())]
        codecs += [AUDIO_CODEC] * bool(sound)
        peak = track.peak_bps + (sound.peak_bps if sound else 0)
        average = track.average_bps + (sound.average_bps if sound else 0)
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
            f'CODECS="{",".join(codecs)}",RESOLUTION={rung.width}x{rung.height},'
            f"FRAME-RATE={float(fps):.3f}" + (',AUDIO="audio"' if sound else "")
        )
        lines.append(track.playlist)
    return "\n".join([*lines, ""])


def write_playlists(out_dir: Path, tracks: Sequence[Track]) -> None:
    for track in tracks:
        _replace(out_dir / track.playlist, media_playlist(track))
        (out_dir / track.folder / WORK_PLAYLIST).unlink(missing_ok=True)


def write_master(
    out_dir: Path,
    rungs: Sequence[tuple[Rung, Track]],
    sound: Track | None,
    fps: Fraction,
) -> None:
    _replace(out_dir / MASTER, master_playlist(out_dir, rungs, sound, fps))


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, also for one who reads meanwhile."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def rendition(rung: Rung, track: Track, fps: Fraction) -> Rendition:
    return Rendition(
        name=rung.name,
        width=rung.width,
        height=rung.height,
        fps=round(float(fps), 3),
        bytes=track.bytes,
        peak_kbps=math.ceil(track.peak_bps / 1000),
        average_kbps=math.ceil(track.average_bps / 1000),
        playlist=track.playlist,
    )


def audio(track: Track) -> Audio:
    return Audio(track.bytes, math.ceil(track.average_bps / 1000), track.playlist)
