"""On every engine, what is not public is not there, and writes are safe to repeat."""

from __future__ import annotations

import dataclasses

from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, PHYSICS, clip, cue
from tests.search.contract.asking import fill, found, titles


def test_a_draft_is_never_found_suggested_or_counted(engine: Engine) -> None:
    fill(engine, clip(1, "Bản nháp kín", public=False, subject=PHYSICS))
    assert ask(engine, Query("nhap")).total == 0
    hits = ask(engine, Query())
    assert (hits.total, hits.facets.get("subject", ())) == (0, ())
    assert engine.suggest("nhap", 5) == engine.suggest("vat", 5) == ()


def test_what_stops_being_public_is_not_found_any_more(engine: Engine) -> None:
    record = clip(1, "Vật lí", subject=PHYSICS, captions=(cue(1, "lực"),))
    engine.put(record)
    assert found(engine, "vat li") == [1]
    engine.put(dataclasses.replace(record, public=False))
    assert found(engine, "vat li") == found(engine, "luc") == found(engine, "") == []
    assert engine.suggest("vat", 5) == ()


def test_put_and_remove_are_safe_to_repeat(engine: Engine) -> None:
    record = clip(1, "Toán", subject=MATHS, captions=(cue(1, "một"),))
    fill(engine, record, record)
    hits = ask(engine, Query("toan"))
    assert (hits.total, hits.facets["subject"][0].count) == (1, 1)
    engine.remove(1)
    engine.remove(1)
    engine.remove(404)
    assert found(engine, "toan") == []


def test_the_newest_record_is_what_is_found(engine: Engine) -> None:
    fill(engine, clip(1, "Toán cũ", subject=MATHS), clip(1, "Lí mới", subject=PHYSICS))
    assert found(engine, "cu") == []
    assert titles(ask(engine, Query("ly"))) == ["Lí mới"]
    assert [v.code for v in ask(engine, Query()).facets["subject"]] == ["vat-li"]
