from __future__ import annotations

import pytest

from search.completing import Typed, nearness, typed_in
from search.text import fold


@pytest.mark.parametrize(
    ("prefix", "whole", "beginnings"),
    [
        ("toan ho", ["toan"], ("ho",)),
        ("toan hoc ", ["toan", "hoc"], ()),
        ("kỹ", [], ("ky", "ki")),
        ("“đạo", [], ("dao",)),
        ("đạo”", ["dao"], ()),
    ],
)
def test_the_last_word_is_half_typed_unless_something_follows(
    prefix: str, whole: list[str], beginnings: tuple[str, ...]
) -> None:
    typed = typed_in(prefix)
    assert typed is not None
    assert [word.folded for word in typed.whole] == whole
    assert typed.beginnings == beginnings


@pytest.mark.parametrize("prefix", ["", " ", "🙂", "\u0301", "*"])
def test_without_a_word_there_is_nothing_to_complete(prefix: str) -> None:
    assert typed_in(prefix) is None


@pytest.mark.parametrize(
    ("text", "prefix", "near"),
    [
        ("Toán vui", "toá", 6),
        ("Toán vui", "toa", 2),
        ("Ôn toán vui", "toan v", 1),
        ("Vui học toán", "toan vui", 0),
        ("Ôn Toán", "toán", 5),
    ],
)
def test_marks_are_nearer_than_a_beginning_and_that_than_words_in_a_row(
    text: str, prefix: str, near: int
) -> None:
    typed = typed_in(prefix)
    assert isinstance(typed, Typed)
    assert nearness(text, f" {fold(text)} ", typed) == near
