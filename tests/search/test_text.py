from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import (
    fold,
    forms,
    key,
    letters,
    normalise,
    occurrences,
    readable,
    tokens,
)


@pytest.mark.parametrize(
    "text",
    [
        "Toán học",
        "TOÁN HỌC",
        "toan hoc",
        "toa\u0301n ho\u0323c",
        "To\u200bán\ufeff học",
        "tóan học",
    ],
)
def test_every_way_of_typing_folds_to_one(text: str) -> None:
    assert fold(text) == "toan hoc"


@pytest.mark.parametrize("text", ["đường", "ĐƯỜNG", "ðường", "Ðường", "duong"])
def test_d_with_stroke_and_its_look_alikes_fold_to_d(text: str) -> None:
    assert fold(text) == "duong"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("lí", "lý"),
        ("kĩ", "kỹ"),
        ("mĩ", "mỹ"),
        ("tỉ", "tỷ"),
        ("quí", "quý"),
        ("qui", "quy"),
        ("Hoà", "HÒA"),
        (unicodedata.normalize("NFD", "thuỷ"), "thủy"),
        ("ðồng", "đồng"),
    ],
)
def test_two_spellings_of_a_syllable_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("toán", "toàn"),
        ("ngày", "ngài"),
        ("bán", "bàn"),
        ("hoa", "hóa"),
        ("do", "đo"),
        ("tay", "tai"),
        ("thuý", "thúi"),
        ("cò", "co1"),
        ("an", "ân"),
    ],
)
def test_different_syllables_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("word", "marked"),
    [
        ("hoa", False),
        ("lý", True),
        ("đi", True),
        ("di", False),
        ("ky", False),
        ("qui", False),
        ("H2SO4", False),
        ("H₂SO₄", False),
        ("ơn", True),
    ],
)
def test_a_word_is_marked_when_its_writer_typed_marks(word: str, marked: bool) -> None:
    assert tokens(word)[0].marked is marked


def test_digits_and_mixed_codes_are_kept() -> None:
    assert (
        fold("Lớp 12, H2SO4 và H₂SO₄; 2021–2025") == "lop 12 h2so4 va h2so4 2021 2025"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_as_given(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "“Đạo hàm” của\u200b hàm số")
    words = tokens(text)
    assert [text[word.start : word.end] for word in words] == [
        word.text for word in words
    ]
    assert [word.folded for word in words] == ["dao", "ham", "cua", "ham", "so"]
    assert unicodedata.normalize("NFC", words[0].text) == "Đạo"


@pytest.mark.parametrize(
    "text", ["", "  ", "\u0301\u0323", "🙂", "?!*\"'(\\:", "\x00", "_", "\ud800"]
)
def test_what_has_no_letter_has_no_words(text: str) -> None:
    assert tokens(text) == ()


def test_the_beginning_of_a_word_is_not_joined() -> None:
    assert letters("Kỹ") == "ky"
    assert fold("Kỹ") == "ki"


def test_what_people_read_keeps_its_spelling() -> None:
    assert readable("Hoà\x00 bi\u0300nh\ud800") == "Hoà bình"
    assert normalise("Hoà BÌNH") == "hoà bình"


@given(st.text())
def test_any_text_gives_words_of_letters_and_digits_in_place(text: str) -> None:
    for word in tokens(text):
        assert text[word.start : word.end] == word.text
        assert word.folded.isalnum()
        assert word.key.replace("_", "").isalnum()
        assert not {" ", '"', "'", "|"} & set(word.folded + word.key)


def test_occurrences_are_the_words_that_are_sought() -> None:
    text = "Lý thuyết, LÍ do và vật lí; toán"
    sought = tuple(word for word in tokens(text) if word.folded in {"li", "toan"})
    assert occurrences(text, {"li", "toan"}) == sought
    assert len(sought) == 4
    assert occurrences(text, (), "th") == tokens(text)[1:2]
    assert occurrences(text, ()) == ()


@pytest.mark.parametrize(
    "text",
    ["Kĩ năng, SỐNG 2!", "", "hoà\u0301 \u0301 x", "a_b", "một\thai\n ba", "ở." * 99],
)
def test_forms_are_those_of_the_words(text: str) -> None:
    of_words = [(one.folded, one.key, one.marked) for one in tokens(text)]
    assert [(one.folded, one.key, one.marked) for one in forms(text)] == of_words


@pytest.mark.parametrize("between", ["  ", " \n", "\u00a0", "\u3000", " - "])
def test_places_are_right_whatever_stands_between_words(between: str) -> None:
    text = between.join(["", "Toán", "học,", "LÍ"])
    assert [text[one.start : one.end] for one in tokens(text)] == ["Toán", "học", "LÍ"]
    (last,) = occurrences(text, {"li"})
    assert last == tokens(text)[-1]
