"""Tiny real clips, honest and hostile, made by the ffmpeg at hand when first asked for."""

from __future__ import annotations

from pathlib import Path

from tests import shelf
from tests.filming import ffmpeg
from tests.honest import HONEST, LONG_S
from tests.hostile import HOSTILE, VERDICTS

__all__ = ["HONEST", "HOSTILE", "LONG_S", "VERDICTS", "clip", "ffmpeg"]


def clip(name: str) -> Path:
    """The clip of that name (a key of HONEST or HOSTILE); made once for all tests."""
    kind, suffix, make = (HONEST | HOSTILE)[name]
    file = f"{kind}{suffix}"
    return shelf.once(f"clip {name}", lambda folder: make(folder / file)) / file
