"""Bits of pictures: brightness and black bars leave them as they are."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from media_pipeline.commands.likeness import PICTURE_SIZE
from media_pipeline.likeness import pictures
from media_pipeline.likeness.tracks import Fit, Track


def scene(tone: int = 200, *, mirrored: bool = False) -> Image.Image:
    picture = Image.new("L", PICTURE_SIZE, 60)
    draw = ImageDraw.Draw(picture)
    for at in range(0, 64, 16):
        draw.rectangle((at, at // 2, at + 9, at // 2 + 20), fill=tone)
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else picture


def with_bars(picture: Image.Image) -> Image.Image:
    framed = Image.new("L", PICTURE_SIZE, 0)
    framed.paste(picture.resize((64, 48), Image.Resampling.BOX), (0, 8))
    return framed


def seen(folder: Path, *each: Image.Image) -> Track:
    (folder / "p.gray").write_bytes(b"".join(one.tobytes() for one in each))
    return pictures.seen(folder / "p.gray")


def error(one: Track, other: Track) -> float:
    fit: Fit = one.fit(other, 0)
    assert fit.compared >= 8
    return fit.error


def test_a_darker_copy_says_the_same(tmp_path: Path) -> None:
    assert error(seen(tmp_path, scene()), seen(tmp_path, scene(150))) == 0


def test_black_bars_are_not_part_of_it(tmp_path: Path) -> None:
    assert error(seen(tmp_path, scene()), seen(tmp_path, with_bars(scene()))) < 0.1


def test_another_picture_says_something_else(tmp_path: Path) -> None:
    other = seen(tmp_path, scene(mirrored=True))
    assert error(seen(tmp_path, scene()), other) > 0.3


def test_black_and_empty_films_are_sure_of_nothing(tmp_path: Path) -> None:
    black = seen(tmp_path, Image.new("L", PICTURE_SIZE, 0))
    assert set(black.sure) == {0}
    assert len(seen(tmp_path)) == 0
