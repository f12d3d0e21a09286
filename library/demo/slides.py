"""Draws a lesson's slides as pictures, in Be Vietnam Pro."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

from library.demo.lessons import Lesson, Slide

LANDSCAPE, PORTRAIT = (1280, 720), (720, 1280)
FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"


@dataclass(frozen=True)
class Palette:
    ground: str
    ink: str
    accent: str


PALETTES = (
    Palette("#f7f9fc", "#12305c", "#d9822b"),
    Palette("#12305c", "#ffffff", "#f2b35e"),
    Palette("#fdf8ef", "#3b2a14", "#1f6f54"),
    Palette("#eef6f2", "#12402f", "#c8553d"),
    Palette("#1e2a38", "#f4f7fb", "#7cc4b5"),
)


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size)


def draw(lesson: Lesson, folder: Path) -> list[Path]:
    """One JPEG a slide; the palette follows from the lesson, so a series looks alike."""
    palette = PALETTES[sum(map(ord, lesson.series or lesson.key)) % len(PALETTES)]
    size = PORTRAIT if lesson.portrait else LANDSCAPE
    paths = []
    for number, slide in enumerate(lesson.slides, start=1):
        path = folder / f"slide-{number}.jpg"
        footer = f"{lesson.title} · {number}/{len(lesson.slides)}"
        _slide(slide, footer, size, palette).save(path, quality=92)
        paths.append(path)
    return paths


def _slide(
    slide: Slide, footer: str, size: tuple[int, int], palette: Palette
) -> Image.Image:
    width, height = size
    margin = width // 14
    picture = Image.new("RGB", size, palette.ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 60, height), fill=palette.accent)
    top = margin + height // 20
    top = _text(pen, slide.heading, "Bold", 58, (margin, top, width - margin), palette)
    pen.rectangle((margin, top + 12, margin + 120, top + 20), fill=palette.accent)
    top += 64
    for line in slide.lines:
        pen.ellipse((margin, top + 16, margin + 14, top + 30), fill=palette.accent)
        box = (margin + 40, top, width - margin)
        top = _text(pen, line, "Regular", 40, box, palette) + 18
    shown = _shortened(footer, _font("Regular", 22), width - 2 * margin)
    pen.text(
        (margin, height - margin), shown, font=_font("Regular", 22), fill=palette.ink
    )
    return picture


def _text(
    pen: ImageDraw.ImageDraw,
    text: str,
    weight: str,
    size: int,
    box: tuple[int, int, int],  # left, top, right
    palette: Palette,
) -> int:
    """Writes `text` wrapped; gives back where the next thing may start."""
    left, top, right = box
    font = _font(weight, size)
    for line in wrapped(text, font, right - left):
        pen.text((left, top), line, font=font, fill=palette.ink)
        top += int(size * 1.5)
    return top


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` in lines no wider than `width` pixels, where its words allow."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    while font.getlength(text) > width:
        text = text[:-2].rstrip() + "…"
    return text
