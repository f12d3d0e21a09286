"""Every engine counts by facet, exactly, and up the tree of units."""

from __future__ import annotations

import pytest
from django.utils import translation

from search.documents import Label
from search.facets import FACETS, most_values
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import (
    DONG_XOAI,
    HUNG_VUONG,
    LE_LOI,
    LOC_NINH,
    MATHS,
    PHYSICS,
    PROVINCE,
    clip,
    cue,
)

TEN, ELEVEN = Label("10", "Lớp 10"), Label("11", "Lớp 11")
AT_HUNG_VUONG = (PROVINCE, DONG_XOAI, HUNG_VUONG)
AT_LE_LOI = (PROVINCE, LOC_NINH, LE_LOI)


def values(
    engine: Engine, facet: str, text: str = "", **filters: tuple[str, ...]
) -> dict[str, int]:
    hits = ask(engine, Query(text, filters))
    return {value.code: value.count for value in hits.facets[facet]}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    for record in (
        clip(1, "Toán A", subject=MATHS, grades=(TEN,), units=AT_HUNG_VUONG),
        clip(2, "Toán B", subject=MATHS, grades=(TEN, ELEVEN), units=AT_HUNG_VUONG),
        clip(3, "Toán C", subject=MATHS, grades=(ELEVEN,), units=AT_LE_LOI),
        clip(4, "Lí", subject=PHYSICS, grades=(TEN,), units=AT_LE_LOI[:2]),
        clip(5, "Toán nháp", subject=MATHS, units=AT_LE_LOI, public=False),
    ):
        engine.put(record)
    return engine


def test_counts_are_exact_and_a_clip_with_two_grades_counts_in_both(
    filled: Engine,
) -> None:
    assert values(filled, "subject") == {"toan": 3, "vat-li": 1}
    assert values(filled, "grade") == {"10": 3, "11": 2}
    assert values(filled, "grade", "toan") == {"10": 2, "11": 2}
    assert values(filled, "series") == {}


def test_a_unit_counts_and_finds_everything_below_it(filled: Engine) -> None:
    assert values(filled, "unit") == {
        "tinh-doan": 4,
        "dong-xoai": 2,
        "hung-vuong": 2,
        "loc-ninh": 2,
        "le-loi": 1,
    }
    below = ask(filled, Query(filters={"unit": ("loc-ninh",)}))
    assert {hit.id for hit in below.hits} == {3, 4}
    parents = {v.code: v.parent for v in below.facets["unit"]}
    assert parents["le-loi"] == "loc-ninh"
    assert parents["tinh-doan"] == ""


def test_facets_narrow_each_other_and_values_of_one_widen(filled: Engine) -> None:
    assert values(filled, "grade", subject=("toan",)) == {"10": 2, "11": 2}
    assert values(filled, "subject", subject=("toan",)) == {"toan": 3, "vat-li": 1}
    assert values(filled, "subject", grade=("11",)) == {"toan": 2}
    both = ask(filled, Query(filters={"grade": ("10", "11"), "unit": ("le-loi",)}))
    assert [hit.id for hit in both.hits] == [3]
    assert both.total == 1


def test_a_count_is_what_choosing_the_value_finds(filled: Engine) -> None:
    chosen = {"grade": ("10",)}
    for facet, counted in ask(filled, Query("", chosen)).facets.items():
        for value in counted:
            narrowed = Query("", chosen | {facet: (value.code,)})
            assert ask(filled, narrowed).total == value.count, (facet, value)


def test_a_chosen_value_stays_in_sight_when_nothing_carries_it(filled: Engine) -> None:
    assert values(filled, "subject", "li", subject=("toan",)) == {
        "vat-li": 1,
        "toan": 0,
    }
    assert ask(filled, Query("li", {"subject": ("toan",)})).total == 0


@pytest.mark.parametrize(("facet", "part"), [("skill", "skills"), ("unit", "units")])
def test_of_very_many_values_the_most_frequent_are_shown_and_those_chosen(
    engine: Engine, facet: str, part: str
) -> None:
    most = most_values(facet)
    # By name they would be cut elsewhere than by code.
    labels = tuple(Label(f"{at:04}", f"Tên {9_999 - at}") for at in range(most + 5))
    codes = [label.code for label in labels]
    engine.put(clip(1, "A", **{part: labels}))
    engine.put(clip(2, "B", **{part: labels[-1:]}))
    shown = [codes[-1], *codes[most - 2 :: -1]]
    assert list(values(engine, facet)) == shown
    chosen = values(engine, facet, "", **{facet: (codes[most],)})
    assert list(chosen) == [codes[-1], codes[most], *shown[1:]]
    assert chosen[codes[most]] == 1


def test_no_unit_of_a_province_is_cut_off() -> None:
    assert most_values("unit") >= 1_000


def test_an_unknown_value_of_a_facet_finds_nothing(filled: Engine) -> None:
    assert ask(filled, Query(filters={"subject": ("nothing",)})).total == 0


def test_captions_length_and_licence_are_facets(engine: Engine) -> None:
    engine.put(clip(1, "A", duration_ms=200_000, captions=(cue(1, "lời"),)))
    engine.put(clip(2, "B", duration_ms=300_000, licence="CC-BY-4.0"))
    assert values(engine, "captions") == {"yes": 1}
    assert values(engine, "length") == {"short": 1, "medium": 1}
    assert values(engine, "licence") == {"CC-BY-4.0": 1}
    assert [h.id for h in ask(engine, Query(filters={"captions": ("yes",)})).hits] == [
        1
    ]


def test_fixed_values_are_named_in_the_language_of_the_reader(engine: Engine) -> None:
    engine.put(clip(1, "A", duration_ms=200_000))
    with translation.override("en"):
        named = ask(engine, Query()).facets["length"][0].name
    assert named == "Under 5 minutes"


def test_a_renamed_label_has_its_new_name_everywhere(engine: Engine) -> None:
    engine.put(clip(1, "A", subject=MATHS))
    engine.put(clip(2, "B", subject=Label("toan", "Toán học")))
    counted = ask(engine, Query()).facets["subject"]
    assert [(value.name, value.count) for value in counted] == [("Toán học", 2)]


def test_every_facet_is_answered_even_without_a_hit(engine: Engine) -> None:
    engine.put(clip(1, "A"))
    assert tuple(ask(engine, Query("zzz")).facets) == FACETS
