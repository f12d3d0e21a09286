from __future__ import annotations

import pytest
from wagtail.models import PageLogEntry

from library.audit import changes


def said(**data: object) -> list[str]:
    return [str(change) for change in changes.of(PageLogEntry(data=data))]


def test_each_name_tells_what_was_there_before_and_after() -> None:
    before = {"role": "curator", "valid_until": None}
    after = {"role": "admin", "valid_until": "2027-01-01"}
    assert said(before=before, after=after) == [
        "vai trò: curator → admin",
        "đến ngày: – → 2027-01-01",
    ]


def test_what_stays_as_it_was_is_not_told() -> None:
    assert said(
        before={"title": "A", "clips": 1}, after={"title": "A", "clips": 2}
    ) == ["clip: 1 → 2"]


def test_a_beginning_and_an_end_have_one_side() -> None:
    assert said(after={"unit": "A"}) == ["đơn vị: – → A"]
    assert said(before={"unit": "A"}) == ["đơn vị: A → –"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["A", "B"], "A, B"),
        ([], "–"),
        (0, "0"),
        (True, "có"),
        ({"a": 1, "b": [2]}, "a: 1, b: 2"),
    ],
)
def test_values_of_all_kinds_are_readable(value: object, text: str) -> None:
    assert said(before={"x": "…"}, after={"x": value}) == [f"x: … → {text}"]


def test_names_come_in_one_order_however_a_database_keeps_them() -> None:
    told = [said(after=dict(order)) for order in (ROLE, reversed(ROLE))]
    assert told[0] == told[1] == ["người: – → Mai", "vai trò: – → curator"]
    nested = [said(after={"x": dict(order)}) for order in (ROLE, reversed(ROLE))]
    assert nested[0] == nested[1]


ROLE = (("person", "Mai"), ("role", "curator"))


def test_a_mere_value_has_no_name() -> None:
    assert said(before=3, after=5) == ["3 → 5"]


@pytest.mark.parametrize("data", [{}, {"why": "x"}, {"before": None, "after": None}])
def test_most_entries_tell_no_change(data: dict[str, object]) -> None:
    assert said(**data) == []
