"""No engine raises, or lets its syntax be typed."""

from __future__ import annotations

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.models import Synonym
from search.proposals import proposed
from search.queries import Query
from search.text import fold
from tests.search.clips import PROVINCE, clip, cue
from tests.search.contract.asking import fill, found

ODD = [
    "a",
    "x" * 300,
    "y " * 5000,
    "ở" * 10_000,
    "\u0301\u0323\u0303",
    "🙂",
    "👩‍🏫 toán",
    '"',
    "'",
    '"toan',
    "toan'",
    "*",
    "to*",
    "?",
    "(",
    "(toan",
    ")",
    "\\",
    "toan\\",
    ":",
    "title:toan",
    "AND",
    "toan AND",
    "NOT toan",
    "toan OR",
    "toan NEAR hoc",
    "~",
    "^toan",
    "-toan",
    "+toan",
    "toan & hoc | !x <-> y",
    "'; DROP TABLE search_document; --",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%",
    "%s",
    "_",
    "toan\x00hoc",
    "\x00",
    "\ud800",
    "=toan_2",
    "{toan hoc}: x",
    "ﷺ ½ ² ﬁ İ",
    "\u202eabc",
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:24])
def test_odd_input_never_raises_and_means_no_syntax(engine: Engine, odd: str) -> None:
    fill(engine, clip(1, "Toán học"))
    hits = ask(engine, Query(odd, {"subject": (odd,), "unit": (odd, "x")}))
    assert hits.total == 0
    assert ask(engine, Query(odd)).total in {0, 1}
    assert isinstance(engine.suggest(odd, 5), tuple)
    assert found(engine, "toan") == [1]


@pytest.mark.parametrize("odd", ["🙂", "?", "*", "\u0301", '"', "%"])
def test_text_without_a_word_finds_nothing_rather_than_all(
    engine: Engine, odd: str
) -> None:
    fill(engine, clip(1, "Toán học"))
    assert found(engine, odd) == []


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:24])
def test_odd_records_are_stored_and_do_no_harm(engine: Engine, odd: str) -> None:
    label = Label(odd, odd)
    fill(
        engine,
        clip(1, odd, description=odd, subject=label, units=(PROVINCE, label))
        if odd != ""
        else clip(1, "x"),
        clip(2, "Toán", speakers=(odd,), captions=(cue(1, odd),), licence=odd),
    )
    assert ask(engine, Query()).total == 2
    assert 2 in found(engine, "toan")


@pytest.mark.parametrize("odd", ["", *ODD], ids=lambda odd: ascii(odd)[:24])
def test_odd_input_has_moments_and_proposals_that_are_no_syntax(
    engine: Engine, odd: str
) -> None:
    fill(engine, clip(1, "Toán học", captions=(cue(1, "toán"), cue(2, "học"))))
    assert len(engine.moments(1, Query(odd))) <= 2
    assert engine.moments(404, Query(odd)) == ()
    words = Query(odd).words
    meant = proposed(words, engine.spellings(words))
    assert meant is None or fold(meant) in {"toan", "hoc", "toan hoc"}


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"tu{chr(97 + number)}" for number in range(26)),
        "truongg " * 30,
        "thpt gdcd atgt hsg k10 " * 10,
        "toans1 hocj5 " * 10,
        "OR AND NOT NEAR",
        "lop" * 100,
    ],
)
def test_as_many_words_as_fit_are_answered(engine: Engine, text: str) -> None:
    fill(engine, clip(1, "Toán học"))
    assert ask(engine, Query(text)).total == 0


def test_an_odd_synonym_does_no_harm(engine: Engine) -> None:
    fill(engine, clip(1, "Toán học"))
    odd = [("🙂", "toán"), ("toan", "* OR"), ("hoc", '"'), ("a'b", "c\\"), ("%", "_")]
    Synonym.objects.bulk_create(Synonym(words=a, means=b) for a, b in odd)
    assert found(engine, "toan hoc") == [1]
    assert found(engine, "a'b") == found(engine, "🙂") == []
