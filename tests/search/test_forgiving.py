from __future__ import annotations

import pytest

from search.forgiving import forgiven, is_one_edit
from search.queries import Query
from search.questions import as_typed


class Few:
    """An index of three words."""

    def knows(self, folded: str) -> bool:
        return folded in {"truong", "trung", "hoc"}

    def neighbours(self, folded: str) -> list[str]:
        return [word for word in ("truong", "trung") if is_one_edit(folded, word)]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("truong", "truong", False),
        ("truong", "trung", True),
        ("trung", "truong", True),
        ("truong", "truongg", True),
        ("truong", "ttruong", True),
        ("truong", "trupng", True),
        ("truong", "turong", True),
        ("truong", "truogn", True),
        ("truong", "rtuong", True),
        ("truong", "tuonrg", False),
        ("truong", "trupgn", False),
        ("truong", "truon", True),
        ("truong", "truo", False),
        ("a", "", True),
    ],
)
def test_one_edit(one: str, other: str, is_one: bool) -> None:
    assert is_one_edit(one, other) is is_one


def test_a_word_that_nobody_wrote_is_replaced_and_a_known_one_is_kept() -> None:
    question = forgiven(as_typed(Query("truongg trung hocc")), Few())
    rows = [[w[0].folded for w in wish.alternatives] for wish in question.wishes]
    assert rows == [["truong"], ["trung", "truong"], ["hocc"]]


def test_codes_and_short_words_are_left_as_they_are() -> None:
    question = as_typed(Query("trun truong12"))
    assert forgiven(question, Few()) == question
