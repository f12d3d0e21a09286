"""On every engine a rebuild stands beside the live index until it is whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.documents import Record
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, PHYSICS, clip
from tests.search.contract.asking import fill, found, titles


def test_a_rebuild_replaces_everything(engine: Engine) -> None:
    fill(engine, clip(1, "Cũ", subject=MATHS), clip(2, "Cũ"))
    records = [clip(2, "Mới"), clip(3, "Mới"), clip(4, "Nháp", public=False)]
    assert engine.rebuild(iter(records)) == 2
    assert found(engine, "") == [3, 2]
    assert found(engine, "cu") == found(engine, "nhap") == []
    assert ask(engine, Query()).facets["subject"] == ()


def test_searches_go_on_during_a_rebuild_and_see_the_old(engine: Engine) -> None:
    fill(engine, clip(1, "Toán cũ"))
    seen = []

    def records() -> Iterator[Record]:
        for pk in range(1, 251):
            yield clip(pk, "Toán mới")
            seen.append(titles(ask(engine, Query("toan"))))

    engine.rebuild(records())
    assert all(titles == ["Toán cũ"] for titles in seen)
    assert ask(engine, Query("toan")).total == 250


def test_an_interrupted_rebuild_leaves_the_old_index(engine: Engine) -> None:
    fill(engine, clip(1, "Toán cũ", subject=MATHS))

    def records() -> Iterator[Record]:
        for pk in range(1, 151):
            yield clip(pk, "Toán mới", subject=PHYSICS)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(records())
    hits = ask(engine, Query())
    assert titles(hits) == ["Toán cũ"]
    assert [value.code for value in hits.facets["subject"]] == ["toan"]
    assert engine.rebuild([clip(5, "Toán mới")]) == 1
    assert found(engine, "") == [5]


def test_what_is_written_during_a_rebuild_is_newer_than_its_records(
    engine: Engine,
) -> None:
    fill(engine, *(clip(pk, "Cũ") for pk in range(1, 5)))

    def records() -> Iterator[Record]:
        early = [clip(1, "Cũ"), *(clip(pk, "Khác") for pk in range(10, 250))]
        late = [clip(2, "Cũ"), clip(3, "Cũ"), clip(4, "Cũ")]
        yield from early
        engine.put(clip(1, "Đổi sau khi đọc"))
        engine.put(clip(2, "Đổi trước khi đọc"))
        engine.remove(3)
        engine.put(clip(4, "Cũ", public=False))
        engine.put(clip(5, "Vừa đăng"))
        yield from late

    engine.rebuild(records())
    for text, ids in {"doi sau": [1], "doi truoc": [2], "vua dang": [5]}.items():
        assert found(engine, text) == ids
    assert found(engine, "cu") == []
    assert ask(engine, Query()).total == 240 + 3


def test_a_record_that_comes_twice_is_there_once(engine: Engine) -> None:
    engine.rebuild([clip(1, "Toán"), clip(1, "Toán")])
    assert found(engine, "toan") == [1]


def test_the_check_leaves_nothing_behind(engine: Engine) -> None:
    fill(engine, clip(1, "Toán"))
    engine.check()
    assert found(engine, "") == [1]
    assert found(engine, "kiem tra") == []
