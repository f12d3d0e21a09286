"""Titles in NFC, and the words of an address."""

from __future__ import annotations

import unicodedata

import pytest

from library.clips.titles import SLUG_LENGTH, nfc, slug_of, title_from


def test_titles_are_composed_and_on_one_line() -> None:
    assert nfc(unicodedata.normalize("NFD", " Hóa  học\n\x00 10 ")) == "Hóa học 10"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Bài_3.mp4", "Bài 3"),
        ("C:\\Users\\Lan\\Bài 4.mov", "Bài 4"),
        ("không đuôi", "không đuôi"),
        ("<b>.mp4", "<b>"),
        ("-rf.mp4", "-rf"),
    ],
)
def test_a_title_is_the_files_name_without_its_ending(name: str, title: str) -> None:
    assert title_from(name) == title


def test_a_title_is_never_empty() -> None:
    assert title_from("   ")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đường tròn – bài 1", "duong-tron-bai-1"),
        ("Ấn Độ, ĐẤT nước", "an-do-dat-nuoc"),
        ("第一課", "clip"),
    ],
)
def test_an_address_is_plain_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_an_address_is_cut_between_words() -> None:
    slug = slug_of("một " * 40)
    assert len(slug) <= SLUG_LENGTH
    assert slug.endswith("mot")


def test_what_nobody_sees_is_no_part_of_a_title() -> None:
    assert nfc("To\u200bán \u202e10\ufeff") == "Toán 10"
    assert title_from("bai\u202e4pm.exe.mp4") == "bai4pm.exe"
    assert title_from("\u202e.mp4")
    assert nfc("a\ud800") == "a"
