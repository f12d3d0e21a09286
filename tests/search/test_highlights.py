from __future__ import annotations

import pytest

from search.highlights import highlight, snippet
from search.results import Spans
from search.text import fold


def joined(spans: Spans) -> str:
    return "".join(piece for piece, _ in spans)


def test_a_text_without_the_words_is_one_piece() -> None:
    assert highlight("Ngữ văn", {"toan"}) == (("Ngữ văn", False),)
    assert highlight("", {"toan"}) == ()


def test_neighbours_are_one_piece_and_the_pieces_are_the_text() -> None:
    text = "Toán  học: học TOÁN, học"
    spans = highlight(text, {"toan", "hoc"})
    assert spans == (
        ("Toán  học", True),
        (": ", False),
        ("học TOÁN", True),
        (", ", False),
        ("học", True),
    )
    assert joined(spans) == text


def test_the_half_typed_word_is_marked_as_a_whole() -> None:
    assert highlight("Đạo hàm", set(), "da") == (("Đạo", True), (" hàm", False))


def test_a_snippet_shows_where_most_of_the_words_stand() -> None:
    text = "hàm " + "lời dẫn dài " * 40 + "Đạo hàm của tổng. " + "phần sau " * 40
    shown = snippet(text, {"dao", "ham", "tong"})
    assert ("Đạo hàm", True) in shown
    assert ("tổng", True) in shown
    assert (shown[0], shown[-1]) == (("…", False), ("…", False))
    assert len(joined(shown)) <= 202


@pytest.mark.parametrize("text", ["", "ngắn", "x" * 5000, "từ " * 2000])
def test_a_snippet_is_a_part_of_any_text(text: str) -> None:
    shown = joined(snippet(text, {"tu"}))
    assert shown.removesuffix("…").removeprefix("…") in text
    assert len(shown) <= 202


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert joined(snippet("Mở đầu " + "rồi tiếp " * 50, {"toan"})).startswith("Mở đầu")


def test_words_at_the_end_are_shown() -> None:
    text = "lời dẫn dài " * 60 + "tích phân"
    assert snippet(text, set(fold("tích phân").split()))[-1] == ("tích phân", True)
