"""The finished segments of a rung or of the sound, and the proof that they are whole."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline import boxes
from media_pipeline.commands import WORK_PLAYLIST
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.ladder import SHORTEST_SEGMENT_S
from media_pipeline.source import Source

WHOLE = 0.95
ALIGNED_S = 0.002


@dataclass(frozen=True)
class Segment:
    name: str
    duration_s: float
    bytes: int
    # Of a picture: where its first one stands, which is a key frame.
    key_at: int = 0
    key_bytes: int = 0


@dataclass(frozen=True)
class Track:
    """One rung, or the sound in one encoding."""

    folder: str
    init: str
    init_bytes: int
    codec: str  # as RFC 6381 writes it
    segments: tuple[Segment, ...]

    @property
    def duration_s(self) -> float:
        return sum(segment.duration_s for segment in self.segments)

    @property
    def longest_s(self) -> float:
        return max(segment.duration_s for segment in self.segments)

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
    def key_peak_bps(self) -> int:
        """When only the key frames are fetched, at the speed of the clip."""
        return max(
            math.ceil(segment.key_bytes * 8 / segment.duration_s)
            for segment in self.segments
        )


# --- reading what ffmpeg wrote --------------------------------------------------


def read_track(out_dir: Path, folder: str, playlist: str = WORK_PLAYLIST) -> Track:
    """The segments that a playlist lists, ffmpeg's own or ours, each there and not
    empty."""
    home = out_dir / folder
    path = home / playlist
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    init = re.search(r'#EXT-X-MAP:URI="([^"]+)"', text)
    listed = re.findall(r"#EXTINF:([\d.]+),[^\n]*\n([^#\n]+)", text)
    if init is None or not listed:
        raise PackageError(f"{folder}: no segments")
    return Track(
        folder,
        init[1],
        _size(home / init[1]),
        boxes.codec((home / init[1]).read_bytes()),
        tuple(_segment(home / name, float(duration_s)) for duration_s, name in listed),
    )


def _segment(path: Path, duration_s: float) -> Segment:
    size = _size(path)
    first = boxes.opening(path)
    return Segment(path.name, duration_s, size, first.offset, first.length)


def join_short_tail(out_dir: Path, track: Track) -> Track:
    """Append a last segment under two seconds to the one before it.

    A sound track is cut at the same times as the pictures but may end a moment later;
    the overhead of such a crumb would look like a peak rate.
    """
    count = len(track.segments)
    if count == 1 or track.segments[-1].duration_s >= SHORTEST_SEGMENT_S:
        return track
    return joined(out_dir, track, range(count - 1))


def joined(out_dir: Path, track: Track, starts: Sequence[int]) -> Track:
    """The track with only those of its segments, each with what follows appended."""
    ends = [*starts[1:], len(track.segments)]
    groups = [
        track.segments[start:end] for start, end in zip(starts, ends, strict=True)
    ]
    return replace(
        track, segments=tuple(_joined(out_dir / track.folder, one) for one in groups)
    )


def _joined(folder: Path, group: Sequence[Segment]) -> Segment:
    first, *others = group
    if others:
        with (folder / first.name).open("ab") as whole:
            for other in others:
                whole.write((folder / other.name).read_bytes())
                (folder / other.name).unlink()
    return replace(
        first,
        duration_s=sum(segment.duration_s for segment in group),
        bytes=sum(segment.bytes for segment in group),
    )


def _size(path: Path) -> int:
    size = path.stat().st_size if path.is_file() else 0
    if size == 0:
        raise PackageError(f"{path.parent.name}/{path.name} is missing or empty")
    return size


# --- proving --------------------------------------------------------------------


def check(source: Source, tracks: Sequence[Track], sounds: Sequence[Track]) -> None:
    """Raises RefusedError("damaged") when the source ended early, PackageError when
    the tracks of one decode do not fit each other."""
    for track in (*tracks, *sounds):
        if track.duration_s < WHOLE * source.duration_s - 0.1:
            raise RefusedError(
                "damaged", f"{track.duration_s:.1f} of {source.duration_s:.1f} s decode"
            )
        if track.duration_s > source.duration_s + 1:
            raise PackageError(f"{track.folder} is longer than the source")
    for track in tracks[1:]:
        if not is_aligned(tracks[0], track):
            raise PackageError(f"{track.folder} is cut unlike {tracks[0].folder}")


def check_again(before: Sequence[Track], fresh: Sequence[Track]) -> None:
    """`before` and `fresh` are two decodes of one source. A good one decodes alike each
    time; in a damaged one threads and chance decide which pictures come out."""
    for one in before[:1]:
        for other in fresh:
            if not is_aligned(one, other):
                raise RefusedError(
                    "damaged", f"{other.folder} decodes unlike {one.folder}"
                )


def is_aligned(one: Track, other: Track, slack_s: float = ALIGNED_S) -> bool:
    """Are they cut at the same times, and end so near each other?"""
    *inner, last = [
        abs(a.duration_s - b.duration_s)
        for a, b in zip(one.segments, other.segments, strict=False)
    ]
    return (
        len(one.segments) == len(other.segments)
        and all(difference < ALIGNED_S for difference in inner)
        and last < slack_s
    )
