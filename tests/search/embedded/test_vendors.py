from __future__ import annotations

import pytest

from search.embedded.engine import EmbeddedEngine
from search.embedded.models import Document
from search.embedded.vendors import PostgreSQL, SQLite, Vendor, vendor
from search.index import Engine
from search.text import tokens
from tests.search.clips import clip


@pytest.mark.parametrize(
    ("database", "match"),
    [
        (SQLite(), '("toan") AND ("ky"* OR "ki"*)'),
        (PostgreSQL(), "('toan') & ('ky':* | 'ki':*)"),
    ],
)
def test_a_match_is_built_of_quoted_terms(database: Vendor, match: str) -> None:
    matching = database.matching([["toan"], ["ky", "ki"]], last_is_prefix=True)
    assert matching.params == [match]


@pytest.mark.parametrize(
    ("wanted", "prefix", "found"),
    [
        ([["toan"]], False, {1, 2}),
        ([["toan"], ["vui"]], False, {1}),
        ([["vui", "buon"]], False, {1, 2}),
        ([["=toan_2"]], False, {1}),
        ([["=toan_1"]], False, {2}),
        ([["^to"]], True, {1, 2}),
        ([["^to"]], False, set()),
        ([["=đôc_2"]], False, {3}),
        ([["中文"]], False, {3}),
    ],
)
def test_terms_are_found_as_they_were_written(
    engine: Engine, wanted: list[list[str]], prefix: bool, found: set[int]
) -> None:
    for record in (clip(1, "Toán vui"), clip(2, "Toàn buồn"), clip(3, "Độc đốc 中文")):
        engine.put(record)
    rows = Document.objects.filter(
        pk__in=vendor().matching(wanted, last_is_prefix=prefix)
    )
    assert set(rows.values_list("clip", flat=True)) == found


def test_terms_go_with_their_document(engine: Engine) -> None:
    engine.put(clip(1, "Toán"))
    engine.remove(1)
    assert not Document.objects.exists()
    # A full-text row left behind would answer for whatever gets the same id next.
    EmbeddedEngine().put(clip(2, "Lí"))
    document = Document.objects.get()
    vendor().store([(document.pk, frozenset(t.folded for t in tokens("khác")))])
    assert not Document.objects.filter(pk__in=vendor().matching([["li"]])).exists()
    assert Document.objects.filter(pk__in=vendor().matching([["khac"]])).exists()
