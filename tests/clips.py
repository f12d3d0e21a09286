"""Tiny real clips, honest and hostile, made by the ffmpeg at hand when first asked for."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.filming import ffmpeg
from tests.honest import HONEST
from tests.hostile import HOSTILE, VERDICTS

__all__ = ["HONEST", "HOSTILE", "VERDICTS", "clip", "ffmpeg"]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="thu-vien-mo-clips-")


def clip(name: str) -> Path:
    """The clip of that name (a key of HONEST or HOSTILE); made once per session."""
    kind, suffix, make = (HONEST | HOSTILE)[name]
    folder = Path(_folder().name) / name
    path = folder / f"{kind}{suffix}"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        make(path)
    return path
