"""The months of a unit: what was signed, by whom, and what the ledger says now."""

from __future__ import annotations

import datetime

from library.contributions import spans
from library.contributions.freezing import Month
from library.contributions.models import FrozenMonth
from library.contributions.months_table import months_table
from library.contributions.tables import shown

AT = datetime.datetime(2026, 11, 3, 2, tzinfo=datetime.UTC)


def test_a_signed_month_says_who_and_what_changed(db: None) -> None:
    row = FrozenMonth(signed_by="Lê Ngọc", frozen_at=AT)
    months = (
        Month(spans.month(2026, 10), 7, row, 9),
        Month(spans.month(2026, 9), 4, None, None),
    )
    screen = shown(months_table(months))
    assert [cell.text for cell in screen.rows[0].cells] == [
        "7",
        "9",
        "−2",
        "Lê Ngọc",
        "03/11/2026",
    ]
    assert [cell.text for cell in screen.rows[1].cells] == ["4", "–", "–", "–", "–"]
