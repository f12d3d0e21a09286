from __future__ import annotations

import pytest

from search.vocabulary.syllables import (
    is_bare_syllable,
    is_syllable,
    spelt,
    syllable,
)


@pytest.mark.parametrize(
    "word",
    [
        "toán",
        "học",
        "hòa",
        "hoà",
        "thúy",
        "quý",
        "quốc",
        "quanh",
        "quyển",
        "đường",
        "nghiêng",
        "ghế",
        "gì",
        "gìn",
        "giết",
        "giếng",
        "giữa",
        "khuya",
        "yêu",
        "ý",
        "kỹ",
        "kĩ",
        "uống",
        "người",
        "nước",
        "rượu",
        "thuở",
        "khuỷu",
        "ngoèo",
        "việt",
        "xoong",
        "bưu",
        "huơ",
        "anh",
        "uyên",
        "oanh",
        "ăn",
        "ơn",
        "ấm",
    ],
)
def test_what_people_write_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "hoc",
        "lòp",
        "sàch",
        "tet",
        "cng",
        "đc",
        "hello",
        "test",
        "qoa",
        "ngiêng",
        "nghàn",
        "kà",
        "cí",
        "gê",
        "bb",
        "áà",
        "toánn",
        "xyz",
        "strong",
        "ươ1",
        "hýỳ",
    ],
)
def test_what_no_vietnamese_word_looks_like_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "word", ["hoc", "toan", "duong", "nghieng", "quyen", "gi", "yeu", "hanh"]
)
def test_a_syllable_without_its_marks_is_still_recognised(word: str) -> None:
    assert is_bare_syllable(word)


@pytest.mark.parametrize("word", ["toans", "hocj", "hello", "k", "lop12", ""])
def test_keys_and_codes_are_no_bare_syllables(word: str) -> None:
    assert not is_bare_syllable(word)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("tóan", "toán"),
        ("đừơng", "đường"),
        ("gìa", "già"),
        ("ngừơi", "người"),
        ("mía", "mía"),
        ("giữa", "giữa"),
        ("rựơu", "rượu"),
        ("hưũ", "hữu"),
        ("khuỷu", "khuỷu"),
        ("quyến", "quyến"),
    ],
)
def test_the_tone_stands_where_schoolbooks_put_it(typed: str, written: str) -> None:
    parts = syllable(typed)
    assert parts is not None
    assert spelt(parts) == written
