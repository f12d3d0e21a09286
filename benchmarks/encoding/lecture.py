"""A slide lecture as a school PC records it: text and figures that stand still, lines that
appear one by one, a pointer that now and then shows where to look."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from library.demo import lessons
from library.demo.lessons import Slide

SIZE = (1920, 1080)
FPS = 30
LINE_S = 4.5  # between two lines that appear
SHOWN_S = 6.0  # after the last line of a slide
FADE_S = 0.4
MOVES = 0.3  # share of the time in which the pointer is under way
FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
GROUND, INK, ACCENT, PALE = "#f7f9fc", "#12305c", "#d9822b", "#c9d6e8"
Box = tuple[int, int, int, int]


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size)


def noise(size: tuple[int, int], rng: random.Random) -> Image.Image:
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


@dataclass(frozen=True)
class Still:
    """What the screen shows, pointer aside, for a number of frames."""

    picture: Image.Image
    frames: int


def frames(seconds: float, seed: int) -> Iterator[bytes]:
    """Every picture of the lecture, as RGB."""
    count = round(seconds * FPS)
    stills = itertools.chain.from_iterable(
        itertools.repeat(still.picture, still.frames) for still in _stills(seed)
    )
    places = _places(random.Random(seed))
    cached: tuple[int, tuple[int, int], bytes] = (0, (-1, -1), b"")
    for picture, place in itertools.islice(zip(stills, places, strict=False), count):
        if (id(picture), place) != cached[:2]:
            shown = picture.copy()
            shown.paste(_pointer(), place, _pointer())
            cached = (id(picture), place, shown.tobytes())
        yield cached[2]


def words(seed: int) -> Iterator[str]:
    """What is said meanwhile."""
    for slide in _slides(seed):
        yield slide.speech


def _slides(seed: int) -> Iterator[Slide]:
    known = [slide for lesson in lessons.published(40) for slide in lesson.slides]
    random.Random(seed).shuffle(known)
    return itertools.cycle(known)


def _stills(seed: int) -> Iterator[Still]:
    rng = random.Random(seed)
    before: Image.Image | None = None
    for number, slide in enumerate(_slides(seed), start=1):
        ground = _ground(slide, number, rng)
        for shown in range(len(slide.lines) + 1):
            picture = ground.copy()
            _lines(picture, slide.lines[:shown])
            if shown == 0 and before is not None and number % 3 == 0:
                yield from _fade(before, picture)
            is_last = shown == len(slide.lines)
            yield Still(picture, round((SHOWN_S if is_last else LINE_S) * FPS))
            before = picture


def _fade(before: Image.Image, after: Image.Image) -> Iterator[Still]:
    steps = round(FADE_S * FPS)
    for step in range(1, steps):
        yield Still(Image.blend(before, after, step / steps), 1)


def _ground(slide: Slide, number: int, rng: random.Random) -> Image.Image:
    picture = _template().copy()
    pen = ImageDraw.Draw(picture)
    pen.text((140, 110), slide.heading, font=font("Bold", 72), fill=INK)
    pen.rectangle((140, 226, 300, 238), fill=ACCENT)
    pen.line((140, 990, 1780, 990), fill=PALE, width=3)
    pen.text(
        (140, 1010), f"Bài giảng · {number}", font=font("Regular", 30), fill="#5b6b84"
    )
    figure = FIGURES[(number - 1) % len(FIGURES)]
    figure(picture, (1080, 300, 1780, 940), rng)
    return picture


@cache
def _template() -> Image.Image:
    """What all slides share: light that falls off, a frame, the school's mark."""
    light = Image.radial_gradient("L").resize(SIZE, Image.Resampling.BICUBIC)
    picture = Image.merge(
        "RGB",
        [light.point(lambda v, top=top: top - v // 12) for top in (251, 252, 254)],
    )
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 32, SIZE[1]), fill=ACCENT)
    for number in range(14):
        reach = 60 * number
        pen.line((1920 - reach, 0, 1920, reach), fill=PALE, width=2)
    pen.ellipse((1740, 60, 1840, 160), outline=ACCENT, width=8)
    pen.text((1762, 78), "TV", font=font("Bold", 44), fill=ACCENT)
    return picture


def _lines(picture: Image.Image, lines: tuple[str, ...]) -> None:
    pen = ImageDraw.Draw(picture)
    top = 310
    for line in lines:
        pen.ellipse((140, top + 18, 158, top + 36), fill=ACCENT)
        for row in _wrapped(line, 800):
            pen.text((190, top), row, font=font("Regular", 44), fill=INK)
            top += 62
        top += 30


def _wrapped(text: str, width: int) -> list[str]:
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if font("Regular", 44).getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


# --- figures ------------------------------------------------------------------


def _bars(picture: Image.Image, box: Box, rng: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    left, top, right, bottom = box
    for step in range(6):
        level = bottom - (bottom - top) * step // 6
        pen.line((left, level, right, level), fill=PALE, width=2)
        pen.text(
            (left - 60, level - 20), str(20 * step), font=font("Regular", 26), fill=INK
        )
    for number in range(6):
        at = left + 30 + 112 * number
        height = rng.randrange(80, bottom - top - 60)
        colour = ACCENT if number % 2 else "#3f6fb5"
        pen.rectangle((at, bottom - height, at + 70, bottom), fill=colour)
        pen.text((at, bottom + 6), f"T{number + 2}", font=font("Regular", 28), fill=INK)


def _curve(picture: Image.Image, box: Box, rng: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    for x in range(left, right + 1, 70):
        pen.line((x, top, x, bottom), fill=PALE, width=1)
    pen.line((left, middle, right, middle), fill=INK, width=4)
    pen.line((left, top, left, bottom), fill=INK, width=4)
    turns, height = rng.uniform(1, 3), (bottom - top) * 0.4
    points = [
        (x, middle - height * math.sin(turns * math.tau * (x - left) / (right - left)))
        for x in range(left, right)
    ]
    pen.line(points, fill=ACCENT, width=6)
    pen.text((right - 300, top), "y = A·sin(2x + b)", font=font("Bold", 34), fill=INK)


def _table(picture: Image.Image, box: Box, rng: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    left, top, right, _bottom = box
    for row in range(9):
        y = top + 66 * row
        pen.rectangle(
            (left, y, right, y + 66),
            fill="#e4ecf7" if row == 0 else GROUND,
            outline=INK,
            width=2,
        )
        for column in range(4):
            x = left + 16 + 175 * column
            text = (
                ("STT", "Đại lượng", "Đơn vị", "Số đo")[column]
                if row == 0
                else f"{rng.uniform(0, 100):.2f}"
            )
            pen.text((x, y + 12), text, font=font("Regular", 32), fill=INK)


def _boxes(picture: Image.Image, box: Box, rng: random.Random) -> None:
    pen = ImageDraw.Draw(picture)
    left, top, _right, _bottom = box
    names = [
        "Quan sát",
        "Giả thuyết",
        "Thí nghiệm",
        "Kết luận",
        "Ghi chép",
        "Thảo luận",
    ]
    rng.shuffle(names)
    for number, name in enumerate(names):
        x, y = left + 360 * (number % 2), top + 220 * (number // 2)
        pen.rounded_rectangle(
            (x, y, x + 290, y + 120), 24, fill="#e4ecf7", outline=INK, width=4
        )
        pen.text((x + 36, y + 34), name, font=font("Bold", 38), fill=INK)
        if number < 4:
            pen.line((x + 145, y + 120, x + 145, y + 220), fill=ACCENT, width=6)


def _photo(picture: Image.Image, box: Box, rng: random.Random) -> None:
    """A photo on a slide: soft shapes under fine detail."""
    left, top, right, bottom = box
    size = (right - left, bottom - top)
    photo = Image.new("RGB", (70, 64))
    for x, y in itertools.product(range(70), range(64)):
        green = 90 + 40 * math.sin(x / 9) + 30 * math.cos(y / 7 + x / 20)
        photo.putpixel((x, y), (int(green * 0.7), int(green) + y // 2, 200 - 2 * y))
    photo = photo.resize(size, Image.Resampling.BICUBIC)
    photo = Image.blend(photo, noise(size, rng).convert("RGB"), 0.12)
    pen = ImageDraw.Draw(photo)
    for _ in range(900):
        x, y = rng.randrange(size[0]), rng.randrange(size[1] // 2, size[1])
        pen.line((x, y, x + rng.randint(-5, 5), y - rng.randint(8, 26)), fill="#2d5a2f")
    photo = photo.filter(ImageFilter.GaussianBlur(0.7))
    picture.paste(photo, (left, top))


FIGURES = (_bars, _curve, _photo, _table, _boxes)

# --- the pointer --------------------------------------------------------------


@cache
def _pointer() -> Image.Image:
    arrow = Image.new("RGBA", (34, 50))
    outline = ((2, 2), (2, 40), (11, 32), (18, 47), (24, 44), (17, 29), (29, 29))
    ImageDraw.Draw(arrow).polygon(outline, fill="white", outline="black", width=2)
    return arrow


def _places(rng: random.Random) -> Iterator[tuple[int, int]]:
    """Rests, then glides to another place, slow at both ends."""
    here = (960, 540)
    while True:
        moving = rng.randint(15, 45)
        yield from itertools.repeat(here, round(moving * (1 / MOVES - 1)))
        there = (rng.randrange(160, 1750), rng.randrange(140, 1000))
        for step in range(1, moving + 1):
            share = (1 - math.cos(math.pi * step / moving)) / 2
            yield (
                round(here[0] + (there[0] - here[0]) * share),
                round(here[1] + (there[1] - here[1]) * share),
            )
        here = there
