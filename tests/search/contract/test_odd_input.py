"""No engine raises, or lets its syntax be typed."""

from __future__ import annotations

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.queries import Query
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
