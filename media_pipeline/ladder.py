"""Which renditions a source gets: sizes, frame rate, encoder settings, order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from media_pipeline.source import Content, Source

# Short sides, largest first. Slides below 480 cannot be read; a camera picture of
# 1080 costs four times the bytes of 720, so only a source that has it gets it.
SHORT_SIDES: dict[Content, tuple[int, ...]] = {
    "still": (1080, 720, 480),
    "camera": (1080, 720, 480, 360),
}
FIRST: dict[Content, int] = {"still": 720, "camera": 360}
DOWNLOAD: dict[Content, int] = {"still": 480, "camera": 360}
# Ceilings for the encoder, kbit/s; quality (CRF) decides below them.
MAX_KBPS = {1080: 6200, 720: 3000, 480: 1500, 360: 800, 240: 400}
STILL_FPS = Fraction(15)
CAMERA_FPS = Fraction(30)
SEGMENT_S = 6
SHORTEST_TAIL_S = 2  # a shorter last segment joins the one before
# A source this much larger than the rung below it keeps a rung of its own size.
WORTH_ITS_OWN = 1.2


@dataclass(frozen=True)
class Rung:
    """One video rendition."""

    name: str  # "720p"; also its folder
    width: int
    height: int
    max_kbps: int
    fps: Fraction


@dataclass(frozen=True)
class Ladder:
    """All renditions of one source. They share preset and the times of segments."""

    rungs: tuple[Rung, ...]  # largest first
    first: Rung  # encoded alone for long clips, so that they play early
    download: Rung
    fps: Fraction
    preset: str
    crf: int
    # Pictures that open a segment, counted at `fps`; 0 is the first.
    cuts: tuple[int, ...]

    @property
    def rest(self) -> tuple[Rung, ...]:
        return tuple(rung for rung in self.rungs if rung != self.first)


def ladder_for(source: Source) -> Ladder:
    fps = _fps(source)
    rungs = _rungs(source, fps)
    still = source.content == "still"
    return Ladder(
        rungs=rungs,
        first=_at_most(rungs, FIRST[source.content]),
        download=_at_most(rungs, DOWNLOAD[source.content]),
        fps=fps,
        preset="faster" if still else "veryfast",
        crf=26 if still else 24,
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


def _rungs(source: Source, fps: Fraction) -> tuple[Rung, ...]:
    # 1920×800 counts as 1080: what matters is the box that it fills.
    own = max(
        min(source.width, source.height), max(source.width, source.height) * 9 / 16
    )
    sides = [side for side in SHORT_SIDES[source.content] if side <= own]
    largest = SHORT_SIDES[source.content][0]
    if not sides or (own < largest and own >= sides[0] * WORTH_ITS_OWN):
        sides.insert(0, int(own))
    return tuple(_rung(source, side, fps) for side in sides)


def _rung(source: Source, side: int, fps: Fraction) -> Rung:
    width, height = fit(source.width, source.height, side)
    ceiling = next(MAX_KBPS[known] for known in sorted(MAX_KBPS) if known >= side)
    return Rung(f"{side}p", width, height, ceiling, fps)


def _at_most(rungs: tuple[Rung, ...], side: int) -> Rung:
    """The largest rung up to that side, else the smallest there is."""
    for rung in rungs:
        if int(rung.name[:-1]) <= side:
            return rung
    return rungs[-1]


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
    latest_ms = max(0, duration_ms - SHORTEST_TAIL_S * 1000)
    starts_s = range(0, latest_ms // 1000 + 1, SEGMENT_S)
    return tuple(math.ceil(start_s * fps) for start_s in starts_s)
