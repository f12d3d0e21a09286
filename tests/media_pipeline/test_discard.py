"""A discarded video leaves nothing, whatever was going on with it at that moment."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage
from django.db.models import Q

from media_pipeline import steps, storage
from media_pipeline.discard import discard, unless_discarded
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package, StepRun
from tests.clips import clip

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def received(name: str = "camera") -> Asset:
    source = clip(name)
    shutil.copy(source, Path(django_settings.STAGING_DIR) / name)
    return steps.receive(name, source.name, source.stat().st_size)


def nothing_is_left() -> bool:
    rows = (Asset.objects.exists(), Package.objects.exists(), StepRun.objects.exists())
    files = [*storage.stored_originals(), *storage.stored_packages()]
    folders = (Path(django_settings.STAGING_DIR), Path(django_settings.SCRATCH_DIR))
    waiting = [one for each in folders if each.is_dir() for one in each.iterdir()]
    mine = Job.objects.filter(Q(kind="package") | Q(kind="asset_moved"))
    return not (any(rows) or files or waiting or mine.exists())


@pytest.mark.ffmpeg
@pytest.mark.usefixtures("any_storages")
def test_what_was_encoded_goes_with_its_rows_its_jobs_and_its_files() -> None:
    asset = received()
    worker.drain()
    assert list(storage.stored_packages())
    discard(Asset.objects.get(pk=asset.pk))
    assert nothing_is_left()


def test_what_waits_for_its_worker_goes_with_the_file_that_came(
    local_storages: Path,
) -> None:
    discard(received())
    assert nothing_is_left()
    assert worker.drain("transcode") == 0


@pytest.mark.ffmpeg
def test_the_original_of_a_refused_file_does_not_wait_for_the_sweep(
    local_storages: Path,
) -> None:
    asset = received("sound only")
    worker.drain()
    assert list(storage.stored_originals())
    discard(Asset.objects.get(pk=asset.pk))
    assert nothing_is_left()


class Interrupting(FileSystemStorage):
    """Somebody discards the video while a worker writes this very file."""

    file = ""

    def path(self, name: str) -> str:
        for asset in Asset.objects.all() if name.endswith(self.file) else ():
            discard(asset)
        return super().path(name)


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("alias", "file"), [("originals", ""), ("packages", "master.m3u8")]
)
def test_a_worker_in_the_midst_of_it_leaves_nothing_behind(
    local_storages: Path, settings: Any, alias: str, file: str
) -> None:
    Interrupting.file = file
    place = {**settings.STORAGES[alias], "BACKEND": f"{__name__}.Interrupting"}
    settings.STORAGES = {**settings.STORAGES, alias: place}
    received()
    assert worker.run_best("transcode")
    assert nothing_is_left()


def test_an_error_of_a_video_that_is_still_wanted_stays_one(
    local_storages: Path,
) -> None:
    asset = received()
    with pytest.raises(OSError, match="full"), unless_discarded(asset):
        raise OSError("full")


def test_files_that_cannot_be_removed_now_do_not_keep_the_rows(
    local_storages: Path, settings: Any
) -> None:
    asset = received()
    settings.STORAGES = {**settings.STORAGES, "packages": {"BACKEND": "no.such.Thing"}}
    discard(asset)
    assert not Asset.objects.exists()
