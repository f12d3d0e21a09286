"""From high dynamic range to ordinary brightness: a table that any ffmpeg can apply.

zscale is in few builds, and swscale's own way takes longer to set up than most clips to
encode. A table of 33³ colours, made here, costs half of either at each picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from media_pipeline.commands import TONE_TABLE
from media_pipeline.source import Light

SIZE = 33
PAPER_NITS = 203  # white of a page in HDR (ITU-R BT.2408)
PEAK_NITS = 1000  # what phones record up to; brighter is white
GAMMA = 2.2  # of the screens that the result is for
# BT.2020 to BT.709 in linear light (ITU-R BT.2087).
MATRIX = (
    (1.6605, -0.5876, -0.0728),
    (-0.1246, 1.1329, -0.0083),
    (-0.0182, -0.1006, 1.1187),
)

Triple = tuple[float, float, float]


@contextmanager
def laid_out(folder: Path, light: Light) -> Iterator[None]:
    """While a command runs in `folder`, the table that it reads lies there."""
    if light == "sdr":
        yield
        return
    path = folder / TONE_TABLE
    path.write_text(table(light), encoding="ascii")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@cache
def table(light: Light) -> str:
    """In the format of .cube files: red runs fastest."""
    steps = [step / (SIZE - 1) for step in range(SIZE)]
    lines = [f"LUT_3D_SIZE {SIZE}"]
    for blue in steps:
        for green in steps:
            for red in steps:
                mapped = shown((red, green, blue), light)
                lines.append(" ".join(f"{value:.5f}" for value in mapped))
    return "\n".join([*lines, ""])


def shown(signal: Triple, light: Light) -> Triple:
    """Red, green and blue of BT.709 for those of BT.2020, both from 0 to 1."""
    lit = _LINEAR[light](signal)
    red, green, blue = (
        max(0.0, sum(part * value for part, value in zip(row, lit, strict=True)))
        for row in MATRIX
    )
    brightest = max(red, green, blue)
    if brightest == 0:
        return (0.0, 0.0, 0.0)
    share = _dimmed(brightest / PAPER_NITS) / brightest
    return (_signal(red * share), _signal(green * share), _signal(blue * share))


def _dimmed(light: float) -> float:
    """1 is paper. What is dark stays nearly as it is, the peak becomes white: Reinhard's
    curve, on the brightest channel, so that no hue turns."""
    peak = PEAK_NITS / PAPER_NITS
    return min(1.0, light * (1 + light / peak**2) / (1 + light))


def _signal(light: float) -> float:
    return float(light ** (1 / GAMMA))


def _pq_nits(signal: Triple) -> Triple:
    red, green, blue = (_pq(value) for value in signal)
    return (red, green, blue)


def _pq(signal: float) -> float:
    """SMPTE ST 2084, in nits."""
    root = signal ** (1 / 78.84375)
    return float(
        10_000
        * (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root))
        ** (1 / 0.1593017578125)
    )


def _hlg_nits(signal: Triple) -> Triple:
    """ITU-R BT.2100, on a screen of 1000 nits: brighter scenes are shown brighter still."""
    red, green, blue = (_hlg(value) for value in signal)
    luminance = 0.2627 * red + 0.678 * green + 0.0593 * blue
    gain = PEAK_NITS * luminance**0.2
    return (red * gain, green * gain, blue * gain)


def _hlg(signal: float) -> float:
    if signal <= 0.5:
        return signal**2 / 3
    return (math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12


_LINEAR: dict[Light, Callable[[Triple], Triple]] = {"pq": _pq_nits, "hlg": _hlg_nits}
