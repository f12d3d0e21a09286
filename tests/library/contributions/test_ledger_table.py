"""The ledger as a table: each row once, read some thousand at a time."""

from __future__ import annotations

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.contributions.ledger_table import table_of
from library.contributions.models import LedgerEntry
from tests.cast import Cast
from tests.library.contributions.conftest import Count

DAY = datetime.date(2026, 3, 1)


def test_each_row_names_its_clip_its_unit_and_its_days(
    cast: Cast, counted: Count
) -> None:
    counted(cast.school_b, DAY, until=datetime.date(2026, 3, 5))
    (row,) = table_of(LedgerEntry.objects.all()).rows
    assert row.cells[1:4] == (
        "Bài giảng",
        "thpt-hung-vuong",
        "Đoàn trường THPT Hùng Vương",
    )
    begun, ended = row.cells[5:7]
    assert isinstance(begun, datetime.datetime)
    assert isinstance(ended, datetime.datetime)
    assert (ended - begun).days == 4


def test_rows_are_read_anew_each_time_and_in_one_query(
    cast: Cast, counted: Count
) -> None:
    for _number in range(3):
        counted(cast.school_a, DAY)
    table = table_of(LedgerEntry.objects.all())
    with CaptureQueriesContext(connection) as queries:
        assert (len(list(table.rows)), len(list(table.rows))) == (3, 3)
    assert len(queries) == 2
