"""What the sweep removes, and above all what it leaves."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest
from django.utils import timezone

from media_pipeline import builds, storage
from media_pipeline.models import Asset, Build, Package
from media_pipeline.sweep import sweep

pytestmark = pytest.mark.django_db

DAYS_AGO = timezone.now() - datetime.timedelta(days=3)
NOW = datetime.timedelta(0)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    folder.mkdir()
    (folder / "master.m3u8").write_text("#EXTM3U\n")
    return folder


def stored(film: Path, asset: Asset) -> str:
    prefix = storage.fresh_prefix(asset.uuid)
    storage.put_tree(film, prefix)
    return prefix


def package(film: Path, asset: Asset, *, created: datetime.datetime) -> Package:
    found = Package.objects.create(asset=asset, prefix=stored(film, asset))
    Package.objects.filter(pk=found.pk).update(created_at=created)
    return found


def prefixes() -> set[str]:
    return {found.key for found in storage.stored_packages()}


@pytest.mark.usefixtures("any_storages")
def test_files_without_a_row_go_and_files_with_one_stay(film: Path) -> None:
    asset = Asset.objects.create()
    kept = package(film, asset, created=DAYS_AGO)
    Asset.objects.update(package=kept)
    stored(film, asset)  # an upload that died before its row
    swept = sweep(NOW)
    assert (swept.packages, prefixes()) == (1, {kept.prefix})


@pytest.mark.usefixtures("any_storages")
def test_originals_without_a_row_go_and_those_with_one_stay(film: Path) -> None:
    kept = Asset.objects.create(original_key="11111111-kept")
    for key in (kept.original_key, "22222222-nobodys"):
        storage.put_original(film / "master.m3u8", key)
    assert sweep(NOW).originals == 1
    assert [found.key for found in storage.stored_originals()] == [kept.original_key]


@pytest.mark.usefixtures("any_storages")
def test_young_files_may_still_get_their_row(film: Path) -> None:
    stored(film, Asset.objects.create())
    storage.put_original(film / "master.m3u8", "22222222-nobodys")
    swept = sweep(datetime.timedelta(hours=1))
    assert (swept.packages, swept.originals) == (0, 0)


@pytest.mark.usefixtures("local_storages")
def test_a_package_goes_a_day_after_its_successor_took_over(film: Path) -> None:
    asset = Asset.objects.create()
    old = package(film, asset, created=DAYS_AGO)
    new = package(film, asset, created=timezone.now())
    Asset.objects.update(package=new)
    assert sweep().packages == 0  # somebody may be watching the old one
    Package.objects.filter(pk=new.pk).update(created_at=DAYS_AGO)
    assert sweep().packages == 1
    assert prefixes() == {new.prefix}
    assert list(Package.objects.all()) == [new]
    assert not Package.objects.filter(pk=old.pk).exists()


@pytest.mark.usefixtures("local_storages")
def test_the_current_package_stays_however_old(film: Path) -> None:
    asset = Asset.objects.create()
    first = package(film, asset, created=DAYS_AGO)
    package(film, asset, created=DAYS_AGO)
    Asset.objects.update(package=first)
    assert sweep().packages == 1
    assert prefixes() == {first.prefix}


def test_the_age_of_a_local_file_is_that_of_its_bytes(
    film: Path, local_storages: Path
) -> None:
    prefix = stored(film, Asset.objects.create())
    then = time.time() - 2 * 24 * 3600
    os.utime(local_storages / "packages" / prefix / "master.m3u8", (then, then))
    assert sweep().packages == 1
    assert not any((local_storages / "packages").iterdir())


@pytest.mark.usefixtures("any_storages")
def test_work_of_an_open_build_stays_and_of_no_build_goes(film: Path) -> None:
    kept = builds.begin(Asset.objects.create(state="encoding"))
    nobodys = storage.fresh_work(Asset.objects.create().uuid)
    for prefix in (kept.work, nobodys):
        storage.put_work(film, f"{prefix}/0/1-abc")
    assert sweep(datetime.timedelta(hours=1)).works == 0
    assert sweep(NOW).works == 1
    assert {found.key for found in storage.stored_work()} == {kept.work}


@pytest.mark.usefixtures("local_storages")
def test_a_first_rung_that_is_built_upon_stays_beside_the_package_that_plays(
    film: Path,
) -> None:
    asset = Asset.objects.create(state="encoding")
    old = package(film, asset, created=DAYS_AGO)
    first = package(film, asset, created=DAYS_AGO)
    Asset.objects.update(package=old)
    build = builds.begin(asset, is_again=True)
    Build.objects.update(first=first)
    assert sweep(NOW).packages == 0
    builds.end(build)
    assert sweep(NOW).packages == 1
    assert prefixes() == {old.prefix}
