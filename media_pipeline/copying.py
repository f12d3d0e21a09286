"""The top rung as the source's own packets: no loss, hardly any work. The other rungs are
then cut at its key frames, and it is given up where anything does not fit."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from media_pipeline import boxes, commands, tracks
from media_pipeline.commands import Recipe
from media_pipeline.errors import PackageError, ToolError
from media_pipeline.ladder import LONGEST_SEGMENT_S, SEGMENT_S, SHORTEST_SEGMENT_S, Rung
from media_pipeline.session import Session
from media_pipeline.tracks import Track

logger = logging.getLogger(__name__)

IDR = 5  # the only units after which a decoder needs nothing of before
IN_BAND = {7, 8}  # parameters among the pictures
ON_TIME_S = Fraction(1, 1000)


@dataclass(frozen=True)
class Copied:
    track: Track
    cuts: tuple[int, ...]  # as `Ladder.cuts`


def copy_top(
    recipe: Recipe, rung: Rung, out_dir: Path, session: Session
) -> Copied | None:
    """`rung` written to OUT_DIR, or None and nothing left there."""
    source = recipe.source
    try:
        session.run(
            commands.copy_rung(recipe, rung),
            cwd=out_dir,
            reads=(source.path,),
            timeout_s=60 + source.duration_s,
        )
        return _copied(recipe, rung, out_dir)
    except (ToolError, PackageError) as error:
        logger.info("copy source=%s given up: %s", source.path.name, error.detail)
        shutil.rmtree(out_dir / rung.name, ignore_errors=True)
        return None


def _copied(recipe: Recipe, rung: Rung, out_dir: Path) -> Copied:
    track = tracks.read_track(out_dir, rung.name)
    times = key_times(out_dir, track, rung.fps)
    fps = recipe.ladder.fps
    starts = choose(times, fps, recipe.source.duration_s)
    track = tracks.joined(out_dir, track, starts)
    if track.peak_bps > rung.max_kbps * 1000:
        raise PackageError(f"{track.peak_bps} bit/s at its peak")
    return Copied(track, tuple(round(times[start] * fps) for start in starts))


def key_times(out_dir: Path, track: Track, fps: Fraction) -> list[Fraction]:
    """When each segment starts. Raises PackageError unless each can be decoded by itself
    and the pictures come at `fps`."""
    folder = out_dir / track.folder
    init = (folder / track.init).read_bytes()
    clock, parameters = boxes.clock(init), boxes.parameters(init)
    if not parameters.is_consistent:
        raise PackageError("parameters that change or contradict each other")
    times = []
    for segment in track.segments:
        first = boxes.opening(folder / segment.name)
        units = set(parameters.units(first.sample))
        if IDR not in units or units & IN_BAND:
            raise PackageError(f"{segment.name} opens with units {sorted(units)}")
        if abs(first.samples - segment.duration_s * fps) > 0.5:
            raise PackageError(f"{segment.name} holds {first.samples} pictures")
        times.append(clock.seconds(first.time))
    return times


def choose(times: Sequence[Fraction], fps: Fraction, duration_s: float) -> list[int]:
    """Which key frames open a segment: as near as can be to six seconds after the one
    before, never over eight (but for the last), and where a rung of `fps` has a picture
    too."""
    usable = [
        index
        for index, time in enumerate(times)
        if abs(time - round(time * fps) / fps) <= ON_TIME_S
    ]
    if not usable or usable[0] != 0 or times[0] > ON_TIME_S:
        raise PackageError("does not start at 0")
    starts = [0]
    while duration_s - times[starts[-1]] > LONGEST_SEGMENT_S:
        here = times[starts[-1]]
        latest = min(
            here + LONGEST_SEGMENT_S, Fraction(duration_s) - SHORTEST_SEGMENT_S
        )
        near = [
            index
            for index in usable
            if here + SHORTEST_SEGMENT_S <= times[index] <= latest + ON_TIME_S
        ]
        if not near and duration_s - here <= LONGEST_SEGMENT_S + SHORTEST_SEGMENT_S:
            break  # a key frame shortly before the end: what it opens would be a crumb
        if not near:
            raise PackageError(f"no key frame to cut at after {float(here):.1f} s")
        starts.append(min(near, key=lambda index: abs(times[index] - here - SEGMENT_S)))
    return starts
