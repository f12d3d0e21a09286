"""Slides are pictures of the right shape, with words in them that fit."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from library.demo import lessons, slides


def test_a_slide_has_the_lessons_shape(tmp_path: Path) -> None:
    for lesson in lessons.published(100):
        if lesson.portrait:
            break
    drawn = slides.draw(lesson, tmp_path)
    assert len(drawn) == len(lesson.slides)
    with Image.open(drawn[0]) as picture:
        assert picture.size == slides.PORTRAIT
        assert len(picture.convert("L").getcolors() or [0] * 300) > 2


def test_no_line_is_wider_than_its_box() -> None:
    font = slides._font("Regular", 40)
    text = "Trục đối xứng của parabol đi qua đỉnh và song song với trục tung"
    lines = slides.wrapped(text, font, 400)
    assert " ".join(lines) == text
    assert all(font.getlength(line) <= 400 for line in lines)


def test_every_lesson_fits_on_its_slides() -> None:
    for lesson in lessons.published(100):
        width = (slides.PORTRAIT if lesson.portrait else slides.LANDSCAPE)[0]
        for slide in lesson.slides:
            rows = sum(
                len(slides.wrapped(line, slides._font("Regular", 40), int(width * 0.8)))
                for line in slide.lines
            )
            assert rows <= (14 if lesson.portrait else 7), lesson.key
