"""Like is ranked with like, by the share of the target that was reached."""

from __future__ import annotations

import pytest
from django.utils import translation

from library.contributions import league
from library.contributions.rollup import UnitRow
from library.contributions.tables import Table


def row(
    pk: int, total: int, target: int | None = None, kind: str = "doan-truong"
) -> UnitRow:
    return UnitRow(
        pk=pk,
        code=f"u{pk}",
        name=f"Trường {pk}",
        kind=kind,
        kind_name="Đoàn trường",
        parent=None,
        path=f"{pk:04}",
        depth=0,
        own=total,
        total=total,
        target=target,
        toward=total if target else None,
    )


def ranked(table: Table) -> list[tuple[object, object]]:
    return [(each.cells[2], each.cells[0]) for each in table.rows]


def test_the_share_of_the_target_ranks_and_equals_share_a_rank() -> None:
    rows = [row(1, 3, 10), row(2, 5, 5), row(3, 6, 6), row(4, 9)]
    (table,) = league.league_tables(rows, {})
    # 5 of 5 and 6 of 6 are as much of their targets; more clips go first.
    assert ranked(table) == [(1, "u3"), (2, "u2"), (3, "u1"), (4, "u4")]
    rows = [row(1, 2, 4), row(2, 2, 4), row(3, 1, 4)]
    (table,) = league.league_tables(rows, {})
    assert ranked(table) == [(1, "u1"), (1, "u2"), (3, "u3")]


def test_a_percent_is_of_the_target_and_may_pass_it() -> None:
    assert league.percent(row(1, 3, 2)) == 150
    assert league.percent(row(1, 1, 3)) == 33
    assert league.percent(row(1, 3)) is None


def test_kinds_and_sizes_are_not_mixed() -> None:
    rows = [row(n, n) for n in range(1, 6)] + [row(9, 1, kind="tinh")]
    members = {1: 400, 2: 500, 3: 501, 4: 1000, 5: 9000}
    tables = league.league_tables(rows, members)
    assert [[code for _rank, code in ranked(table)] for table in tables] == [
        ["u2", "u1"],
        ["u4", "u3"],
    ]
    assert [table.name for table in tables] == [
        "xep-hang-doan-truong-1",
        "xep-hang-doan-truong-2",
    ]


@pytest.mark.parametrize(
    ("members", "name"),
    [
        (None, "chưa rõ quy mô"),
        (500, "đến 500 đoàn viên"),
        (501, "501 đến 1.000 đoàn viên"),
        (2000, "1.001 đến 2.000 đoàn viên"),
        (2001, "trên 2.000 đoàn viên"),
    ],
)
def test_a_size_has_a_name(members: int | None, name: str) -> None:
    with translation.override("vi"):
        assert league.size_name(league.size_of(members)) == name
