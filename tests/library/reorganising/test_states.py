"""States of units: dated values that follow each other, stored and read back."""

from __future__ import annotations

import datetime
from dataclasses import replace

from library.reorganising.states import (
    Spell,
    UnitState,
    followed,
    founded,
    from_json,
    to_json,
)
from tests.library.reorganising.charts import BORN, JULY


def test_a_new_value_closes_the_old_one_on_its_day() -> None:
    spells = followed((Spell("cũ", BORN),), "mới", JULY)
    assert spells == (Spell("cũ", BORN, JULY), Spell("mới", JULY))


def test_the_same_value_changes_nothing() -> None:
    spells = (Spell("cũ", BORN),)
    assert followed(spells, "cũ", JULY) is spells


def test_a_value_of_the_same_day_is_corrected() -> None:
    assert followed((Spell("cũ", JULY),), "mới", JULY) == (Spell("mới", JULY),)


def test_a_unit_stands_from_its_birth_to_the_day_before_its_end() -> None:
    unit = replace(founded("a", "A", "school", "p", BORN), ended_on=JULY)
    day = datetime.timedelta(days=1)
    assert [unit.stands_on(each) for each in (BORN - day, BORN, JULY - day, JULY)] == [
        *(False, True, True, False)
    ]


def test_its_parent_is_that_of_the_day() -> None:
    unit = founded("a", "A", "school", "p", BORN)
    moved = replace(unit, parents=followed(unit.parents, "q", JULY))
    assert moved.parent_on(BORN) == "p"
    assert moved.parent_on(JULY) == "q"
    assert moved.parent_on(datetime.date(1997, 1, 1)) == ""


def test_what_is_stored_is_read_back() -> None:
    unit: UnitState = replace(
        founded("a", "Đoàn trường A", "school", "p", BORN),
        ended_on=JULY,
        became="split",
        successors=("b", "c"),
    )
    assert from_json(to_json(unit)) == unit
    assert from_json(to_json(None)) is None
