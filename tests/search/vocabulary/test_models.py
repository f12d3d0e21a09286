from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from search.models import Synonym

pytestmark = pytest.mark.django_db


def saved(words: str, means: str, *, both_ways: bool = False) -> Synonym:
    synonym = Synonym(words=words, means=means, both_ways=both_ways)
    synonym.full_clean()
    synonym.save()
    return synonym


def test_words_are_kept_as_the_search_reads_them() -> None:
    synonym = saved("  CLB-STEM ", "Câu lạc  bộ, STEM", both_ways=True)
    assert (synonym.words, synonym.means) == ("clb stem", "câu lạc bộ stem")
    assert str(synonym) == "clb stem ↔ câu lạc bộ stem"
    assert str(Synonym(words="a", means="b")) == "a → b"


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("?!", "trung học"),
        ("thpt", "  "),
        ("x " * 9, "trung học"),
        ("x" * 81, "trung học"),
        ("hoà", "hòa"),
        ("THPT", "thpt"),
    ],
)
def test_what_means_nothing_is_refused(words: str, means: str) -> None:
    with pytest.raises(ValidationError):
        saved(words, means)


def test_the_same_synonym_twice_is_refused_in_whatever_case() -> None:
    saved("abc", "một hai")
    with pytest.raises(ValidationError):
        saved("ABC", "Một hai")
    saved("abc", "ba bốn")


def test_a_synonym_turned_round_is_refused_where_it_says_the_same() -> None:
    saved("abc", "một hai")
    turned = saved("một hai", "abc")
    turned.delete()
    with pytest.raises(ValidationError):
        saved("một hai", "abc", both_ways=True)


def test_the_abbreviations_of_schools_are_there_and_clean() -> None:
    assert Synonym.objects.filter(words="thpt", both_ways=True).exists()
    for synonym in Synonym.objects.all():
        as_stored = (synonym.words, synonym.means)
        synonym.full_clean()
        assert (synonym.words, synonym.means) == as_stored
