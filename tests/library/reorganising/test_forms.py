"""The form of a reorganisation: lines by hand and by file say the same."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from library.reorganising.forms import (
    BY_HAND,
    PlanForm,
    line_forms,
    line_words,
    lines_of,
    typed_rows,
)
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation
from tests.cast import Cast

DAY = datetime.date(2031, 7, 1)


def posted(*rows: dict[str, str]) -> dict[str, str]:
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"lines-{number}-{name}": text for name, text in row.items()}
    return data


def test_lines_by_hand_are_those_of_a_file(cast: Cast) -> None:
    formset = line_forms(
        posted(
            {"code": "thpt-dong-xoai", "parent": "bu-dang", "kind": "district"},
            {},
            {"code": "bu-dang", "ends": "on", "on": "2031-08-01"},
        )
    )
    assert formset.is_valid()
    by_hand = lines_of(typed_rows(formset), DAY)
    by_file = lines_of(
        [
            (1, {"code": "thpt-dong-xoai", "parent": "bu-dang", "kind": "District"}),
            (3, {"code": "bu-dang", "ends": "x", "on": "01/08/2031"}),
        ],
        DAY,
    )
    assert by_hand == by_file
    assert [line.number for line in by_hand[0]] == [1, 3]


def test_lines_that_make_no_sense_are_told_beside_good_ones(cast: Cast) -> None:
    lines, problems = lines_of(
        [(1, {"code": "a"}), (2, {"code": "a", "parent": "b"})], DAY
    )
    assert [line.number for line in lines] == [2]
    assert [problem.line for problem in problems] == [1]


def test_the_lines_of_a_plan_come_back_into_the_form(cast: Cast) -> None:
    plan = Reorganisation(name="Sắp xếp", on=DAY)
    plan.asked = [
        Line(1, "thpt-dong-xoai", DAY, successors=("bu-dang", "dong-xoai"), ends=True),
        Line(2, "bu-dang", datetime.date(2031, 8, 1), ends=True),
    ]
    formset = line_forms(None, plan)
    first, second = formset.forms[0].initial, formset.forms[1].initial
    assert (first["successors"], first["ends"], first["on"]) == (
        *("bu-dang, dong-xoai", False),
        None,
    )
    assert (second["ends"], second["on"]) == (True, datetime.date(2031, 8, 1))


def test_a_long_list_is_not_edited_line_by_line(cast: Cast) -> None:
    plan = Reorganisation(name="Sắp xếp", on=DAY)
    plan.asked = [Line(n, f"u{n}", DAY, name="x") for n in range(BY_HAND + 1)]
    assert line_forms(None, plan).initial_form_count() == 0


def test_a_file_that_cannot_be_read_is_an_error_of_the_field(cast: Cast) -> None:
    file = SimpleUploadedFile("a.csv", b"\xff\xff\xff")
    form = PlanForm(
        {"name": "Sắp xếp", "on": "2031-07-01"}, MultiValueDict({"file": [file]})
    )
    assert form.is_valid()
    assert form.rows() == []
    assert "file" in form.errors


@pytest.mark.parametrize(
    ("asks", "words"),
    [
        ({"parent": "b"}, "below Bù Đăng; from 01/07/2031"),
        ({"successors": ("b",), "ends": True}, "merged or split into Bù Đăng"),
        ({"ends": True}, "dissolved; from"),
        (
            {"founds": True, "name": "N", "kind": "k", "parent": "*"},
            "newly founded; name: “N”; kind: Kind; below the top",
        ),
    ],
)
def test_a_line_is_said_in_words(asks: dict[str, Any], words: str) -> None:
    with translation.override("en"):
        said = line_words(Line(1, "a", DAY, **asks), {"b": "Bù Đăng"}, {"k": "Kind"})
    assert words in said
