"""A short look and listen: slides or camera, grain, loudness, true stereo."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops

from media_pipeline import binaries, bounds, commands
from media_pipeline.errors import DecoderMissingError, RefusedError, ToolError
from media_pipeline.session import Session
from media_pipeline.source import Content, Sound, Source

LOOK_S = 6.0  # decoded in all
WINDOWS = (0.15, 0.5, 0.8)  # shares of the clip
STILL_BELOW = 0.15  # share of pictures that differ from the one before
PIXEL_STEP = 10  # grey levels that count as a change; less is coding noise
CHANGED_SHARE = 0.004  # of the picture; a mouse pointer is less
GRAIN_LEVEL = 1.5  # mean grey levels between pictures where nothing moves
STEREO_WITHIN_DB = 20.0  # side below mid; beyond that it is two times the same
SILENT_LUFS = -60.0
# The last: a decoder that works with a graphics card only, and there is none.
NO_DECODER = re.compile(
    r"decoder\b.* not found|no decoder found|hardware accelerated", re.IGNORECASE
)


def sample(source: Source, session: Session | None = None) -> Source:
    """The source with `content`, `is_noisy` and the sound's measures filled in.

    Raises RefusedError("damaged") when not one picture can be decoded.
    """
    starts_s = starts(source)
    argv = commands.examine(
        binaries.find().ffmpeg, source, starts_s, LOOK_S / len(starts_s)
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = _told(argv, folder, source, session or Session())
        looks = [_pictures(path, commands.LOOK_SIZE) for path in folder.glob("look-*")]
        grain = [
            _pictures(path, commands.GRAIN_SIZE) for path in folder.glob("grain-*")
        ]
    if not any(looks):
        raise RefusedError("damaged", f"no picture could be decoded: {told[-500:]}")
    content = content_of(looks)
    return replace(
        source,
        content=content,
        is_noisy=content == "camera" and grain_of(grain) >= GRAIN_LEVEL,
        sound=heard(source.sound, told) if source.sound else None,
    )


def starts(source: Source) -> list[float]:
    """Seconds of the key frames nearest before the windows: seeking there is free."""
    keyframes = source.keyframes_ms or (0,)
    wanted = [share * source.duration_ms for share in WINDOWS]
    found = {
        max((at for at in keyframes if at <= target), default=keyframes[0])
        for target in wanted
    }
    return [max(0, at) / 1000 for at in sorted(found)]


def content_of(looks: Sequence[Sequence[Image.Image]]) -> Content:
    pairs = [pair for run_ in looks for pair in pairwise(run_)]
    if not pairs:
        return "camera"
    changed = sum(_differs(before, after) for before, after in pairs)
    return "still" if changed < STILL_BELOW * len(pairs) else "camera"


def grain_of(grain: Sequence[Sequence[Image.Image]]) -> float:
    """Mean change, in grey levels, of the quietest quarter of 16×16 blocks."""
    levels: list[float] = []
    for pictures in grain:
        for before, after in pairwise(pictures):
            blocks = ImageChops.difference(before, after).reduce(16).tobytes()
            levels.append(sorted(blocks)[len(blocks) // 4])
    return sum(levels) / len(levels) if levels else 0.0


def heard(sound: Sound, told: str) -> Sound:
    """The sound with what ebur128 and astats wrote about it."""
    loudness = re.findall(r"I:\s+(-?[\d.]+) LUFS", told)
    lufs = float(loudness[-1]) if loudness else None
    levels = [float(one) for one in re.findall(r"RMS level dB: (-?[\d.]+|-inf)", told)]
    is_stereo = len(levels) == 2 and levels[1] > levels[0] - STEREO_WITHIN_DB
    return replace(
        sound,
        loudness_lufs=lufs if lufs is not None and lufs > SILENT_LUFS else None,
        is_stereo=is_stereo,
    )


def _differs(before: Image.Image, after: Image.Image) -> bool:
    steps = ImageChops.difference(before, after).histogram()
    return sum(steps[PIXEL_STEP:]) > CHANGED_SHARE * sum(steps)


def _pictures(path: Path, size: tuple[int, int]) -> list[Image.Image]:
    data = path.read_bytes()
    each = size[0] * size[1]
    return [
        Image.frombytes("L", size, data[at : at + each])
        for at in range(0, len(data) - each + 1, each)
    ]


def _told(argv: Sequence[str], folder: Path, source: Source, session: Session) -> str:
    timeout_s = 120 + source.duration_s / 10
    try:
        return session.run(
            argv,
            cwd=folder,
            reads=(source.path,),
            timeout_s=timeout_s,
            bounds=bounds.for_a_look(source),
        ).stderr_tail
    except ToolError as error:
        if NO_DECODER.search(error.detail):
            detail = f"this ffmpeg cannot decode {source.video_codec}"
            raise DecoderMissingError(detail) from error
        if not commands.is_undecodable(error.exit_code, error.detail):
            raise
        return error.detail
