"""Which renditions a source gets: sizes, frame rate, encoder settings, order."""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from media_pipeline.source import Content, Source

Codec = Literal["h264", "av1"]

# Short sides, largest first. Slides below 480 cannot be read; a camera picture of
# 1080 costs four times the bytes of 720, so only a source that has it gets it.
SHORT_SIDES: dict[Content, tuple[int, ...]] = {
    "still": (1080, 720, 480),
    "camera": (1080, 720, 480, 360, 240),
}
FIRST: dict[Content, int] = {"still": 720, "camera": 360}
DOWNLOAD: dict[Content, int] = {"still": 480, "camera": 360}
AV1_SIDE = 480
# Ceilings for the encoder, kbit/s; quality (CRF) decides below them.
MAX_KBPS = {1080: 6200, 720: 3000, 480: 1500, 360: 800, 240: 400}
# What a copied rung may have of its ceiling. Encoding slides anew gives a sixtieth of
# it, and whoever watches pays for the rest each time.
COPY_SHARE: dict[Content, float] = {"still": 0.1, "camera": 1.0}
MAY_END_EARLIER_MS = 100  # than the sound, to whose end the encoded rungs go on
STILL_FPS = Fraction(15)
CAMERA_FPS = Fraction(30)
SEGMENT_S = 6
LONGEST_SEGMENT_S = 8
SHORTEST_SEGMENT_S = 2  # a shorter last one joins the one before
# A source this much larger than the rung below it keeps a rung of its own size.
WORTH_ITS_OWN = 1.2


@dataclass(frozen=True)
class Quality:
    """Of what x264 makes, and where it may not waste bits or time."""

    crf: int
    tuning: str


# Measured against the usual presets (docs/benchmarks.md): less for the empty grounds of a
# slide and the restless ones of a camera, and what is looked for in vain left out.
QUALITY: dict[Content, Quality] = {
    "still": Quality(31, "aq-strength=0.3:rc-lookahead=20:trellis=1"),
    "camera": Quality(26, "aq-strength=0.5:rc-lookahead=20:subme=1:trellis=1"),
}
DENOISE = "nr=600"  # by the encoder itself, which costs nothing


@dataclass(frozen=True)
class Options:
    """What an operator decides about every ladder."""

    copy: bool = True  # take the picture as it is where it fits
    low: bool = True  # 240p for camera pictures
    av1: bool = False  # a second 480p for them, at half the bytes


@dataclass(frozen=True)
class Rung:
    """One video rendition."""

    name: str  # "720p"; also its folder
    width: int
    height: int
    max_kbps: int
    fps: Fraction
    codec: Codec = "h264"
    is_copy: bool = False  # of the source's own packets


@dataclass(frozen=True)
class Ladder:
    """All renditions of one source. They share quality and the times of segments."""

    rungs: tuple[Rung, ...]  # largest first
    first: Rung  # encoded alone for long clips, so that they play early
    download: Rung
    fps: Fraction  # of what is encoded
    quality: Quality
    # Pictures that open a segment, counted at `fps`; 0 is the first.
    cuts: tuple[int, ...]

    @property
    def copied(self) -> Rung | None:
        return next((rung for rung in self.rungs if rung.is_copy), None)

    @property
    def encoded(self) -> tuple[Rung, ...]:
        return tuple(rung for rung in self.rungs if not rung.is_copy)

    @property
    def rest(self) -> tuple[Rung, ...]:
        """What is encoded after the first."""
        return tuple(rung for rung in self.encoded if rung != self.first)

    def among(self, names: Container[str]) -> tuple[Rung, ...]:
        return tuple(rung for rung in self.rungs if rung.name in names)

    def all_encoded(self) -> Ladder:
        rungs = (replace(rung, fps=self.fps, is_copy=False) for rung in self.rungs)
        return replace(self, rungs=tuple(rungs))


def ladder_for(source: Source, options: Options | None = None) -> Ladder:
    options = options or Options()
    fps = _fps(source)
    rungs = _rungs(source, fps, options)
    return Ladder(
        rungs=rungs,
        first=_at_most(rungs, FIRST[source.content]),
        download=_at_most(rungs, DOWNLOAD[source.content]),
        fps=fps,
        quality=QUALITY[source.content],
        cuts=_cuts(source.duration_ms, fps),
    )


def fit(width: int, height: int, short_side: int) -> tuple[int, int]:
    """The even size within a 16:9 box of that short side, turned as the picture is.

    Never larger than the picture, but for a side of 1 that becomes 2.
    """
    long_side = short_side * 16 / 9
    room = min(short_side / min(width, height), long_side / max(width, height), 1.0)
    return _even(width, room), _even(height, room)


def _even(pixels: int, room: float) -> int:
    return max(2, min(2 * round(pixels * room / 2), pixels // 2 * 2))


def _rungs(source: Source, fps: Fraction, options: Options) -> tuple[Rung, ...]:
    rungs = [_rung(source, side, fps) for side in _sides(source, options)]
    if options.copy and len(rungs) > 1 and _is_fit_to_copy(source, rungs[0]):
        rungs[0] = replace(rungs[0], fps=source.fps, is_copy=True)
    saver = next((rung for rung in rungs if rung.name == f"{AV1_SIDE}p"), None)
    if saver and options.av1 and source.content == "camera":
        twin = Rung(
            f"{saver.name}-av1", saver.width, saver.height, saver.max_kbps, fps, "av1"
        )
        rungs.insert(rungs.index(saver) + 1, twin)
    return tuple(rungs)


def _sides(source: Source, options: Options) -> list[int]:
    # 1920×800 counts as 1080: what matters is the box that it fills.
    own = max(
        min(source.width, source.height), max(source.width, source.height) * 9 / 16
    )
    known = SHORT_SIDES[source.content]
    sides = [side for side in known if side <= own and (side > 240 or options.low)]
    if not sides or (own < known[0] and own >= sides[0] * WORTH_ITS_OWN):
        sides.insert(0, int(own))
    return sides


def _rung(source: Source, side: int, fps: Fraction) -> Rung:
    width, height = fit(source.width, source.height, side)
    ceiling = next(MAX_KBPS[known] for known in sorted(MAX_KBPS) if known >= side)
    return Rung(f"{side}p", width, height, ceiling, fps)


def _is_fit_to_copy(source: Source, rung: Rung) -> bool:
    """As far as the probe can tell; `copying` looks at the packets themselves."""
    return (
        source.is_plain
        and not (source.is_vfr or source.is_noisy)
        and source.fps <= CAMERA_FPS
        and source.duration_ms - source.video_ms <= MAY_END_EARLIER_MS
        and (source.width, source.height) == (rung.width, rung.height)
        and source.video_kbps <= rung.max_kbps * COPY_SHARE[source.content]
    )


def _at_most(rungs: tuple[Rung, ...], side: int) -> Rung:
    """The largest encoded rung that every player knows, up to that side; else the
    smallest there is."""
    plain = [rung for rung in rungs if rung.codec == "h264" and not rung.is_copy]
    small = (rung for rung in plain if int(rung.name[:-1]) <= side)
    return next(small, plain[-1])


def _fps(source: Source) -> Fraction:
    """The natural rate where it is small enough, else an even share of it."""
    ceiling = STILL_FPS if source.content == "still" else CAMERA_FPS
    fps = CAMERA_FPS if source.is_vfr and source.fps > 20 else source.fps
    if fps <= ceiling:
        return max(fps, Fraction(1))
    share = fps / -(-fps // ceiling)  # 60 → 30, 50 → 25, 59.94 → 29.97
    return share if share >= ceiling * Fraction(3, 4) else ceiling


def _cuts(duration_ms: int, fps: Fraction) -> tuple[int, ...]:
    """The first picture at or after each whole SEGMENT_S, but none that opens a crumb."""
    latest_ms = max(0, duration_ms - SHORTEST_SEGMENT_S * 1000)
    starts_s = range(0, latest_ms // 1000 + 1, SEGMENT_S)
    return tuple(math.ceil(start_s * fps) for start_s in starts_s)
