from __future__ import annotations

import pytest

from search.models import Synonym
from search.text import tokens
from search.vocabulary import synonyms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_these() -> None:
    Synonym.objects.all().delete()
    for words, means, both_ways in [
        ("thpt", "trung học phổ thông", True),
        ("k10", "khối 10", False),
        ("k10", "lớp 10", False),
        ("hóa", "hóa học", False),
        ("hs", "học sinh", True),
        ("hsg", "học sinh giỏi", True),
    ]:
        Synonym.objects.create(words=words, means=means, both_ways=both_ways)


def meanings(typed: str) -> tuple[str, list[str]]:
    row, found = synonyms.meanings(tokens(typed), synonyms.current())
    texts = [" ".join(word.text for word in words) for words in (row, *found)]
    return texts[0], texts[1:]


@pytest.mark.parametrize(
    ("typed", "row", "found"),
    [
        ("THPT Hùng Vương", "THPT", ["trung học phổ thông"]),
        ("trung hoc pho thong", "trung hoc pho thong", ["thpt"]),
        ("trung hoc", "trung", []),
        ("k10", "k10", ["khối 10", "lớp 10"]),
        ("khối 10", "khối", []),
        ("hoc sinh gioi", "hoc sinh gioi", ["hsg"]),
        ("hoc sinh", "hoc sinh", ["hs"]),
    ],
)
def test_the_longest_row_stands_for_something(
    typed: str, row: str, found: list[str]
) -> None:
    assert meanings(typed) == (row, found)


def test_marks_that_were_typed_must_be_those_of_the_synonym() -> None:
    assert meanings("hoá")[1] == meanings("hoa")[1] == ["hóa học"]
    assert meanings("hòa")[1] == []


def test_a_change_is_seen_at_once_however_it_was_made() -> None:
    assert meanings("xyz")[1] == []
    Synonym.objects.bulk_create([Synonym(words="xyz", means="một hai")])
    assert meanings("xyz")[1] == ["một hai"]
    Synonym.objects.filter(words="xyz").update(means="ba bốn")
    assert meanings("xyz")[1] == ["ba bốn"]
    Synonym.objects.all().delete()
    assert synonyms.current() == {}
