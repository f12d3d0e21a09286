"""A day in September, and units that stood since the beginning of that year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from library.units.models import UnitKindSpell, UnitName, UnitParent
from tests.cast import Cast

BIRTH = datetime.date(2031, 1, 1)
JULY = datetime.date(2031, 7, 1)
NOW = datetime.datetime(2031, 9, 1, 8, tzinfo=datetime.UTC)


@pytest.fixture
def in_september() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def aged(cast: Cast) -> Cast:
    """The cast, whose units stood since the beginning of the year."""
    for table in (UnitName, UnitParent, UnitKindSpell):
        table.objects.update(valid_from=BIRTH)
    return cast
