"""`load_demo`: clips that play and are reviewed, and nothing added by a second run."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from library.clips.models import ClipPage
from library.contributions.models import LedgerEntry
from library.demo import load
from library.units.models import UnitPage
from media_pipeline.models import Asset

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]


def test_it_brings_what_was_asked_for_and_some_under_way(local_storages: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("load_demo", "--clips", "1", stdout=out, stderr=err)
    clips = ClipPage.objects.all()
    assert clips.live().count() == 1
    assert LedgerEntry.objects.count() == 1
    assert clips.not_live().count() >= 3
    assert all(asset.is_playable for asset in Asset.objects.all())
    assert "5/5" in err.getvalue()
    assert out.getvalue() == ""

    told: list[tuple[int, int]] = []
    load.load(2, lambda done, total: told.append((done, total)))
    assert clips.live().count() == 2
    assert told[-1][0] == told[-1][1] == clips.count() == 6

    before = (clips.count(), Asset.objects.count(), UnitPage.objects.count())
    load.load(2, lambda done, total: told.append((done, total)))
    assert (clips.count(), Asset.objects.count(), UnitPage.objects.count()) == before
