"""`upkeep --once` does one round and ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from library import upkeep


@pytest.mark.django_db
def test_it_says_what_it_did(local_storages: Path) -> None:
    out = StringIO()
    call_command("upkeep", "--once", stdout=out)
    assert out.getvalue().splitlines() == [chore.name for chore in upkeep.CHORES]
