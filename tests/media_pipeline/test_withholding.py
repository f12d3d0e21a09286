"""What is withheld leaves the public whatever is going on with it, and can come back."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.test import Client

from media_pipeline import steps, storage, sweep, withholding
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Build, Package
from media_pipeline.states import State
from tests.clips import clip

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def received() -> Asset:
    source = clip("camera")
    shutil.copy(source, Path(django_settings.STAGING_DIR) / "one")
    return steps.receive("one", source.name, source.stat().st_size)


def encoded() -> Asset:
    asset = received()
    worker.drain()
    return Asset.objects.get(pk=asset.pk)


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def status(url: str) -> int:
    """As anybody gets it: from this site, or from the S3 server itself."""
    if not url.startswith("http"):
        return Client().get(url).status_code
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            found: int = answer.status
            return found
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.ffmpeg
@pytest.mark.usefixtures("any_storages")
def test_each_address_answers_no_more_and_the_original_is_kept() -> None:
    asset = encoded()
    known = [asset.playlist_url, asset.download_url, asset.poster_url]
    assert [status(url) for url in known] == [200, 200, 200]
    assert withholding.withhold(asset)
    assert not ({status(url) for url in known} & {200, 206})
    assert not list(storage.stored_packages())
    assert [one.key for one in storage.stored_originals()] == [str(asset.uuid)]
    kept = fresh(asset)
    assert (kept.state, kept.playlist_url) == (State.WITHHELD, "")
    assert not kept.packages.exists()


@pytest.mark.ffmpeg
@pytest.mark.usefixtures("any_storages")
def test_released_it_is_made_anew_at_other_addresses() -> None:
    asset = encoded()
    before = asset.playlist_url
    withholding.withhold(asset)
    assert steps.release(fresh(asset))
    worker.drain()
    again = fresh(asset)
    assert again.is_whole
    assert again.playlist_url != before
    assert status(again.playlist_url) == 200


@pytest.mark.ffmpeg
def test_the_sweep_leaves_the_original_of_what_is_withheld(
    local_storages: Path,
) -> None:
    asset = encoded()
    withholding.withhold(asset)
    sweep.sweep(grace=sweep.GRACE * 0)
    assert [one.key for one in storage.stored_originals()] == [str(asset.uuid)]


class Killed(BaseException):
    """As good as a kill: nothing that comes after the commit is done."""


@pytest.mark.ffmpeg
def test_killed_between_the_row_and_the_files_it_is_closed_by_its_job(
    local_storages: Path,
) -> None:
    asset = encoded()
    with pytest.raises(Killed):
        _withhold_and_die(asset)
    assert list(storage.stored_packages())
    assert fresh(asset).is_withheld
    worker.drain()
    assert not list(storage.stored_packages())


@transaction.atomic
def _withhold_and_die(asset: Asset) -> None:
    transaction.on_commit(_die)
    withholding.withhold(asset)


def _die() -> None:
    raise Killed


@pytest.mark.ffmpeg
def test_a_storage_that_is_away_only_delays_it(
    local_storages: Path, settings: Any
) -> None:
    asset = encoded()
    there = settings.STORAGES
    settings.STORAGES = {**there, "packages": {"BACKEND": "no.such.Thing"}}
    assert withholding.withhold(asset)
    settings.STORAGES = there
    assert list(storage.stored_packages())
    worker.drain()
    assert not list(storage.stored_packages())


@pytest.mark.ffmpeg
def test_a_late_job_leaves_what_was_made_after_the_release(
    local_storages: Path,
) -> None:
    asset = encoded()
    withholding.withhold(asset)
    steps.release(fresh(asset))
    worker.drain("transcode")
    withholding.close(Job(spec={"asset": str(asset.uuid)}))
    assert len(list(storage.stored_packages())) == 1


class Interrupting(FileSystemStorage):
    """Somebody withholds the video while a worker writes the last file of its package."""

    def path(self, name: str) -> str:
        for asset in Asset.objects.all() if name.endswith("master.m3u8") else ():
            withholding.withhold(asset)
        return super().path(name)


@pytest.mark.ffmpeg
def test_a_worker_in_the_midst_of_it_publishes_nothing(
    local_storages: Path, settings: Any
) -> None:
    place = {**settings.STORAGES["packages"], "BACKEND": f"{__name__}.Interrupting"}
    settings.STORAGES = {**settings.STORAGES, "packages": place}
    asset = received()
    assert worker.run_best("transcode")
    assert fresh(asset).is_withheld
    assert not Package.objects.exists()
    assert not list(storage.stored_packages())
    assert not Build.objects.filter(ended_at=None).exists()
    assert worker.drain("transcode") == 0


def test_what_waits_for_its_worker_is_not_encoded_until_it_is_released(
    local_storages: Path,
) -> None:
    asset = received()
    assert withholding.withhold(asset)
    assert worker.drain("transcode") == 0
    assert steps.release(fresh(asset))
    assert Job.objects.filter(key=asset.job_key, state=Job.State.QUEUED).exists()


def test_a_second_time_changes_nothing(local_storages: Path) -> None:
    asset = received()
    assert withholding.withhold(asset)
    assert not withholding.withhold(asset)
    assert steps.release(fresh(asset))
    assert not steps.release(fresh(asset))


def test_a_refused_file_has_nothing_to_withhold(local_storages: Path) -> None:
    asset = Asset.objects.create(file_name="x", state=State.REFUSED)
    assert not withholding.withhold(asset)
    assert fresh(asset).is_refused
