"""`manage.py clean_uploads`: says what it removed, from uploads to packages."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from media_pipeline import storage
from media_pipeline.models import Asset

pytestmark = pytest.mark.django_db


def said(*argv: str) -> str:
    out = io.StringIO()
    call_command("clean_uploads", *argv, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("any_storages")
def test_everything_without_a_row_goes(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.mkdir()
    (film / "master.m3u8").write_text("#EXTM3U\n")
    asset = Asset.objects.create()
    storage.put_tree(film, storage.fresh_prefix(asset.uuid))
    storage.put_original(film / "master.m3u8", storage.original_key(asset.uuid))
    storage.put_work(film, f"{storage.fresh_work(asset.uuid)}/0/7-lease")
    stray = Path(settings.STAGING_DIR) / "stray"
    scratch = Path(settings.SCRATCH_DIR) / "7-lease"
    stray.touch()
    scratch.mkdir(parents=True)
    for path in (stray, scratch):
        os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)
    assert said("--grace-hours", "0") == (
        "removed: 0 uploads, 0 empty drafts, 1 staging files, 1 scratch folders, "
        "1 packages, 1 originals, 1 unfinished packages, 0 multipart uploads\n"
    )
    assert not stray.exists()
    assert not scratch.exists()
    assert list(storage.stored_packages()) == list(storage.stored_originals()) == []


@pytest.mark.usefixtures("local_storages")
def test_young_files_stay(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"film")
    storage.put_original(tmp_path / "film", "just-put")
    assert "0 originals" in said()
