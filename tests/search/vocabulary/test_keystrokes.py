from __future__ import annotations

import pytest

from search.text import tokens
from search.vocabulary.keystrokes import decoded, telex, vni


def meant(typed: str) -> str | None:
    words = decoded(tokens(typed))
    return " ".join(word.text for word in words) if words else None


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("toans", "toán"),
        ("toasn", "toán"),
        ("hocj", "học"),
        ("dduowngf", "đường"),
        ("duongwf", "dường"),
        ("chuoois", "chuối"),
        ("vietej", "việt"),
        ("thuowr", "thuở"),
        ("nguwowif", "người"),
        ("tw", "tư"),
        ("quys", "quý"),
        ("hoaf", "hòa"),
    ],
)
def test_telex_keys_make_a_word(keys: str, word: str) -> None:
    assert telex(keys) == word


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("toan1", "toán"),
        ("hoc5", "học"),
        ("d9uong72", "đường"),
        ("d9u7o7c5", "được"),
        ("viet65", "việt"),
        ("nguoi72", "người"),
        ("lich5", "lịch"),
    ],
)
def test_vni_keys_make_a_word(keys: str, word: str) -> None:
    assert vni(keys) == word


@pytest.mark.parametrize(
    "typed", ["hello", "toan", "banana", "class", "k10", "h2so4", "toan12", "lop6"]
)
def test_other_words_and_codes_make_none(typed: str) -> None:
    assert telex(typed) is None
    assert vni(typed) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("toans hocj", "toán học"),
        ("toan1 hoc5", "toán học"),
        ("hoas hoc 11", "hóa hoc 11"),
        ("lichj sử", "lịch sử"),
        ("hoas hocj k10", "hóa học k10"),
        ("toan12", "toan 12"),
        ("lop7", "lop 7"),
    ],
)
def test_a_query_is_decoded_as_a_whole(typed: str, words: str) -> None:
    assert meant(typed) == words


@pytest.mark.parametrize(
    "typed",
    ["", "toan hoc", "k10", "H2SO4", "hello toans", "toánn hocj", "lop 6a", "12"],
)
def test_nothing_is_decoded_unless_every_word_is_real(typed: str) -> None:
    assert meant(typed) is None
