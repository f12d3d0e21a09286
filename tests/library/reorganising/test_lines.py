"""Lines of a reorganisation: what can be typed, and what is refused in words."""

from __future__ import annotations

import datetime

import pytest

from library.reorganising.lines import Line, LineError, parsed
from tests.library.reorganising.charts import JULY

DAY = datetime.date(2026, 9, 1)


def test_a_merger_is_a_code_its_successor_and_a_day() -> None:
    line = parsed(2, {"code": "a", "successors": "b", "on": "01/07/2025"}, DAY)
    assert line == Line(2, "a", JULY, successors=("b",), ends=True)


def test_a_split_has_several_successors() -> None:
    line = parsed(2, {"code": "a", "successors": "b, c;d  b"}, DAY)
    assert line.successors == ("b", "c", "d")
    assert line.on == DAY


@pytest.mark.parametrize("text", ["1/7/2025", "01/07/2025", "2025-07-01", "01.07.2025"])
def test_a_day_is_written_as_people_or_programs_do(text: str) -> None:
    assert parsed(1, {"code": "a", "parent": "b", "on": text}, DAY).on == JULY


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"name": "Tên"},
        {"code": "a"},
        {"code": "a", "on": "hôm nay", "parent": "b"},
        {"code": "a", "on": "31/02/2025", "parent": "b"},
        {"code": "a", "founds": "x", "ends": "x"},
        {"code": "a", "founds": "x", "name": "A", "kind": "school"},
        {"code": "a", "ends": "x", "name": "A"},
        {"code": "a", "successors": "b", "parent": "c"},
        {"code": "a", "ends": "có lẽ"},
        {"code": "a", "name": "=HYPERLINK(1)"},
        {"code": "+a", "parent": "b"},
        {"code": "@a", "parent": "b"},
        {"code": "a", "name": "x" * 256},
        {"code": "a" * 61, "parent": "b"},
    ],
)
def test_what_makes_no_sense_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(LineError):
        parsed(1, cells, DAY)


@pytest.mark.parametrize("yes", ["x", "X", "có", "1"])
def test_a_cross_is_yes(yes: str) -> None:
    assert parsed(1, {"code": "a", "ends": yes}, DAY).ends


def test_what_is_stored_is_read_back() -> None:
    line = parsed(3, {"code": "a", "successors": "b,c"}, DAY)
    assert Line.from_json(line.to_json()) == line
