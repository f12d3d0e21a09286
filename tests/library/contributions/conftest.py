"""Rows of the ledger without clips, for questions about sums alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from library.clips.models import ClipKind
from library.contributions.models import Crew, LedgerEntry
from library.contributions.periods import start_of
from library.units.models import UnitPage

NOON = datetime.timedelta(hours=12)
Count = Callable[..., LedgerEntry]


@pytest.fixture
def counted(db: None) -> Count:
    """A clip counted for a unit at noon of a day."""

    def make(
        unit: UnitPage,
        on: datetime.date,
        until: datetime.date | None = None,
        kind: ClipKind | None = None,
        crew: Crew | None = None,
    ) -> LedgerEntry:
        return LedgerEntry.objects.create(
            clip_number=LedgerEntry.objects.count() + 1,
            clip_title="Bài giảng",
            unit=unit,
            kind=kind,
            crew=crew,
            counted_from=start_of(on) + NOON,
            withdrawn_from=until and start_of(until) + NOON,
        )

    return make
