"""The demo's loader: structure, clips that play, and nothing added by a second run."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.clips.models import ClipPage
from library.contributions.models import LedgerEntry
from library.demo import load
from library.units.models import UnitPage
from media_pipeline.models import Asset

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]


def test_it_brings_published_clips_and_some_under_way(local_storages: Path) -> None:
    told: list[tuple[int, int]] = []
    load.load(1, lambda done, total: told.append((done, total)))
    clips = ClipPage.objects.all()
    assert clips.live().count() == 1
    assert LedgerEntry.objects.count() == 1
    assert clips.not_live().count() >= 3
    assert all(asset.is_playable for asset in Asset.objects.all())
    assert told[-1][0] == told[-1][1] == clips.count()

    before = (clips.count(), Asset.objects.count(), UnitPage.objects.count())
    load.load(1, lambda done, total: told.append((done, total)))
    assert (clips.count(), Asset.objects.count(), UnitPage.objects.count()) == before
