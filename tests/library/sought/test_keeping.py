"""What of a question is kept: words; nothing by which a person could be reached."""

from __future__ import annotations

import unicodedata

import pytest

from library.sought.keeping import keepable
from library.sought.models import LONGEST


@pytest.mark.parametrize(
    ("asked", "key", "text"),
    [
        ("Đạo hàm", "dao ham", "đạo hàm"),
        ("  dao   ham!! ", "dao ham", "dao ham"),
        (unicodedata.normalize("NFD", "Kỹ năng"), "ki nang", "kỹ năng"),
        ("lớp 10", "lop 10", "lớp 10"),
        ("kế hoạch 2021-2025", "ke hoach 2021 2025", "kế hoạch 2021 2025"),
        ("20/11/2024", "20 11 2024", "20 11 2024"),
        ("H₂SO₄", "h2so4", "h2so4"),
        ("<b>hoa</b>", "b hoa b", "b hoa b"),
    ],
)
def test_words_are_kept_without_what_is_no_word(
    asked: str, key: str, text: str
) -> None:
    kept = keepable(asked)
    assert kept is not None
    assert (kept.key, kept.text) == (key, text)


@pytest.mark.parametrize(
    "asked",
    [
        "lan@example.org",
        "thầy lan ＠ example",
        "lan.nguyen gmail",
        "example.com.vn",
        "https://example.org/x",
        "0912345678",
        "0912 345 678",
        "+84 912-345-678",
        "(091) 234.5678",
        "０９１２３４５６７８",
        "cccd 079203001234",
        "mã 123456",
        "sinh 01012008",
        "",
        "a",
        "?!",
        "\u0300\u0301",
        "x" * (LONGEST + 1),
        "em tên là lan học lớp 10 trường thpt",
        "một câu rất dài " * 30,
    ],
)
def test_what_is_somebodys_own_is_not_kept(asked: str) -> None:
    assert keepable(asked) is None
