"""Tiny real clips, honest and hostile, made by the ffmpeg at hand when first asked for."""

from __future__ import annotations

from pathlib import Path

from tests import honest, hostile, pointing, shelf
from tests.filming import ffmpeg
from tests.honest import LONG_S
from tests.hostile import DECODED_ONLY, HOSTILE, VERDICTS

__all__ = ["DECODED_ONLY", "HONEST", "HOSTILE", "LONG_S", "VERDICTS", "clip", "ffmpeg"]

HONEST = honest.HONEST | hostile.HARMLESS | pointing.table(pointing.ACCEPTED)


def clip(name: str) -> Path:
    """The clip of that name (a key of HONEST or HOSTILE); made once for all tests."""
    kind, suffix, make = (HONEST | HOSTILE)[name]
    file = f"{kind}{suffix}"
    return shelf.once(f"clip {name}", lambda folder: make(folder / file)) / file
