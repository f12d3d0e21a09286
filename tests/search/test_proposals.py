from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.forgiving import is_one_edit
from search.proposals import Options, proposed
from search.text import fold, tokens


class Shelf:
    """A catalogue of a few titles."""

    def __init__(self, *titles: str) -> None:
        self._titles = titles

    def knows(self, folded: str) -> bool:
        return any(folded in fold(title).split() for title in self._titles)

    def neighbours(self, folded: str) -> list[str]:
        words = {word for title in self._titles for word in fold(title).split()}
        return sorted(word for word in words if is_one_edit(folded, word))

    def titles(self, options: Sequence[Options]) -> Sequence[str]:
        return self._titles if all(options) else ()

    def names(self, options: Sequence[Options]) -> Sequence[str]:
        return self._titles[:0] if all(options) else ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dao hamm", "Đạo hàm"),
        ("hamm so", "hàm số"),
        ("so daoo", "số đạo"),
        ("ham daoo", "hàm đạo"),
        ("ham dao", None),
        ("zzzz", None),
        ("dao zzzz", None),
        ("", None),
        ("dao " * 9, None),
    ],
)
def test_rows_of_words_are_proposed_whole_and_others_one_by_one(
    typed: str, meant: str | None
) -> None:
    assert proposed(tokens(typed), Shelf("Đạo hàm của hàm số")) == meant


def test_fewer_edits_are_better_and_then_what_is_frequent() -> None:
    shelf = Shelf("Trưởng hộp", "Trường hợp", "Trường học")
    assert proposed(tokens("truongg hoc"), shelf) == "Trường học"
    assert proposed(tokens("truongg"), shelf) == "Trường"
