"""What is heard, as bits: where in the spectrum it grows louder than its neighbours do.

Loudness, a weak bit rate and most filters leave that as it is (Haitsma and Kalker, “A
highly robust audio fingerprinting system”, 2002).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image

from media_pipeline.commands.likeness import COLUMNS_PER_S, SPECTRUM_SIZE
from media_pipeline.likeness.tracks import Track, track_of

WIDTH = 16  # bits an instant
COLUMNS = 4  # of the spectrum, an instant
PER_S = COLUMNS_PER_S / COLUMNS
SURE_FROM = 12  # grey levels; less may be the noise of an encoder
LOWEST, HIGHEST = 20, 240  # rows of the spectrum, 8 Hz each

STRONGEST = 3  # bands that make an onset's letter
LOUD = WIDTH * SURE_FROM  # of an onset, all bands together

Levels = tuple[int, ...]  # one for each band


def growths(path: Path) -> list[Levels]:
    """How much more each band grows than the next higher one, instant by instant."""
    smooth = [
        tuple(map(sum, zip(one, other, strict=True)))
        for one, other in pairwise(_energies(path))
    ]
    return [
        tuple(
            (after[band] - after[band + 1]) - (before[band] - before[band + 1])
            for band in range(WIDTH)
        )
        for before, after in zip(smooth, smooth[2:], strict=False)
    ]


def heard(growths: Sequence[Levels]) -> Track:
    return track_of([_bits(growth) for growth in growths], WIDTH)


def words(growths: Sequence[Levels]) -> set[int]:
    """Pairs of onsets that follow each other: where nothing was cut they are the same
    again, whenever the film begins. 30 bits each."""
    loudness = [sum(map(abs, growth)) for growth in growths]
    letters = [
        _letter(growths[at])
        for at, loud in enumerate(loudness)
        if loud >= LOUD and loud == max(loudness[max(0, at - 1) : at + 2])
    ]
    following = [*pairwise(letters), *zip(letters, letters[2:], strict=False)]
    return {first << 15 | second for first, second in following}


def _letter(growth: Levels) -> int:
    """The bands that change most, and which way."""
    strongest = sorted(range(WIDTH), key=lambda band: -abs(growth[band]))[:STRONGEST]
    letter = 0
    for band in sorted(strongest):
        letter = letter << 5 | band << 1 | (growth[band] > 0)
    return letter


def _energies(path: Path) -> Iterator[Levels]:
    """Of each instant, in bands that widen as the ear's do."""
    width, height = SPECTRUM_SIZE
    edges = [
        round(LOWEST * (HIGHEST / LOWEST) ** (band / (WIDTH + 1)))
        for band in range(WIDTH + 2)
    ]
    with path.open("rb") as file:
        while len(data := file.read(width * height)) == width * height:
            sheet = Image.frombytes("L", SPECTRUM_SIZE, data)
            bands = [
                sheet.crop((0, height - upper, width, height - lower))
                .resize((width // COLUMNS, 1), Image.Resampling.BOX)
                .tobytes()
                for lower, upper in pairwise(edges)
            ]
            yield from zip(*bands, strict=True)


def _bits(growth: Levels) -> tuple[int, int]:
    said = sure = 0
    for band, more in enumerate(growth):
        said |= (more > 0) << band
        sure |= (abs(more) >= SURE_FROM) << band
    return said, sure
