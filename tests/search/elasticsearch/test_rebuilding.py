from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.documents import Record
from search.elasticsearch import client, rebuilding
from search.elasticsearch.names import Names
from search.errors import NotBuiltError, RebuildOvertakenError
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import MATHS, clip

pytestmark = pytest.mark.elasticsearch
PUBLIC = Names("public")


def fillings() -> dict[str, set[str]]:
    found = client.writing().indices.get_alias(index=PUBLIC.every_filling).body
    return {
        name: {alias for alias in one["aliases"] if not alias.endswith(".fill")}
        for name, one in found.items()
    }


def shown(engine: Engine) -> list[int]:
    return [hit.id for hit in ask(engine, Query()).hits]


def test_one_filling_is_left_after_each_end(elasticsearch: Engine) -> None:
    elasticsearch.rebuild([clip(1, "Toán", subject=MATHS)])
    with pytest.raises(ZeroDivisionError):
        elasticsearch.rebuild(clip(1 // (pk - 300), "Toán") for pk in range(600))
    assert list(fillings().values()) == [{PUBLIC.live}]
    assert shown(elasticsearch) == [1]


def test_an_index_of_another_shape_is_not_searched_and_goes_with_the_next_rebuild(
    elasticsearch: Engine,
) -> None:
    elasticsearch.rebuild([clip(1, "Toán")])
    old = PUBLIC.every_filling.replace("*", "00000000")
    (filling,) = fillings()
    own, other = ({"index": filling, "alias": alias} for alias in (PUBLIC.live, old))
    actions = [{"add": other}, {"remove": own}]
    client.writing().indices.update_aliases(actions=actions)
    with pytest.raises(NotBuiltError):
        elasticsearch.ready()
    with pytest.raises(NotBuiltError):
        elasticsearch.put(clip(2, "Toán"))
    elasticsearch.rebuild([clip(2, "Toán")])
    assert list(fillings().values()) == [{PUBLIC.live}]
    assert shown(elasticsearch) == [2]


def test_what_is_searched_is_refreshed_and_safe_whatever_it_was_while_filled(
    elasticsearch: Engine,
) -> None:
    elasticsearch.rebuild([clip(1, "Toán")])
    (found,) = client.writing().indices.get_settings(index=PUBLIC.live).body.values()
    settings = found["settings"]["index"]
    assert settings["refresh_interval"] == "1s"
    assert settings["translog"]["durability"] == "request"
    assert settings["auto_expand_replicas"] == "0-1"


def test_an_interrupted_rebuild_leaves_nothing(elasticsearch: Engine) -> None:
    def interrupted() -> Iterator[Record]:
        yield from (clip(pk, "Toán") for pk in range(600))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        elasticsearch.rebuild(interrupted())
    assert list(fillings().values()) == [{PUBLIC.live}]


def test_a_rebuild_that_is_overtaken_gives_up_and_the_later_one_stays(
    elasticsearch: Engine,
) -> None:
    def slow() -> Iterator[Record]:
        yield clip(2, "Chậm")
        elasticsearch.rebuild([clip(3, "Nhanh")])
        yield from (clip(pk, "Chậm") for pk in range(10, 710))

    with pytest.raises(RebuildOvertakenError):
        elasticsearch.rebuild(slow())
    assert shown(elasticsearch) == [3]
    assert list(fillings().values()) == [{PUBLIC.live}]


def test_a_rebuild_overtaken_at_its_very_end_does_not_swap(
    elasticsearch: Engine,
) -> None:
    filling = rebuilding.begin(client.writing(), PUBLIC)
    elasticsearch.rebuild([clip(3, "Nhanh")])
    with pytest.raises(RebuildOvertakenError):
        rebuilding.swap(client.writing(), PUBLIC, filling)
    assert shown(elasticsearch) == [3]


def test_a_rebuild_that_was_killed_is_swept_by_the_next(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "Cũ"))
    rebuilding.begin(client.writing(), PUBLIC)
    elasticsearch.put(clip(2, "Vẫn ghi"))
    assert shown(elasticsearch) == [2, 1]
    assert len(fillings()) == 2
    elasticsearch.rebuild([clip(3, "Mới")])
    assert list(fillings().values()) == [{PUBLIC.live}]


def test_a_clip_that_came_back_during_a_rebuild_is_there(elasticsearch: Engine) -> None:
    def records() -> Iterator[Record]:
        elasticsearch.remove(1)
        elasticsearch.remove(2)
        elasticsearch.put(clip(1, "Trở lại"))
        yield clip(1, "Cũ")

    elasticsearch.put(clip(1, "Cũ"))
    elasticsearch.rebuild(records())
    assert shown(elasticsearch) == [1]
    assert ask(elasticsearch, Query("tro lai")).total == 1


def test_a_dropped_index_leaves_nothing(elasticsearch: Engine) -> None:
    rebuilding.begin(client.writing(), PUBLIC)
    elasticsearch.drop()
    assert fillings() == {}
    elasticsearch.drop()
