"""What is seen, as bits: which of two neighbouring spots is the brighter one.

Size, bit rate and brightness leave that as it is. Black bars are cut off first: they may
be new, or gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageChops

from media_pipeline.commands.likeness import PICTURE_SIZE
from media_pipeline.likeness.tracks import Track, track_of

SIDE = 8
WIDTH = SIDE * SIDE  # bits a picture
BLACK = 40  # grey levels: no picture of the clip is brighter there
BRIGHTER_BY, SURE_FROM = 3, 6


def seen(path: Path) -> Track:
    box = _lit(path)
    return track_of([_bits(one, box) for one in _pictures(path)], WIDTH)


def _pictures(path: Path) -> Iterator[Image.Image]:
    size = PICTURE_SIZE[0] * PICTURE_SIZE[1]
    with path.open("rb") as file:
        while len(data := file.read(size)) == size:
            yield Image.frombytes("L", PICTURE_SIZE, data)


def _lit(path: Path) -> tuple[int, int, int, int]:
    """Where anything is ever to be seen; all of it when that is next to nothing."""
    brightest = Image.new("L", PICTURE_SIZE)
    for picture in _pictures(path):
        brightest = ImageChops.lighter(brightest, picture)
    box = brightest.point([255 * (tone > BLACK) for tone in range(256)]).getbbox()
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) < 1024:
        return (0, 0, *PICTURE_SIZE)
    return box


def _bits(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int]:
    small = picture.resize((SIDE + 1, SIDE), Image.Resampling.BOX, box=box)
    tones: Sequence[int] = small.tobytes()
    said = sure = 0
    for place in range(WIDTH):
        at = place // SIDE * (SIDE + 1) + place % SIDE
        step = tones[at] - tones[at + 1]
        said |= (step > BRIGHTER_BY) << place
        sure |= (abs(step) >= SURE_FROM) << place
    return said, sure
