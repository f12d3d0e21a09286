"""The contract of `media_pipeline.storage`, the same on local folders and on S3."""

from __future__ import annotations

import datetime
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django import Settings

from media_pipeline import storage
from media_pipeline.errors import StorageError
from tests.storages import s3_resource

ASSET = uuid.UUID("11111111-2222-4333-8444-555555555555")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "360p").mkdir(parents=True)
    (folder / "master.m3u8").write_text("#EXTM3U\n")
    (folder / "360p" / "playlist.m3u8").write_text("#EXTM3U\n")
    (folder / "360p" / "0.m4s").write_bytes(b"segment")
    (folder / "download.mp4").write_bytes(b"film")
    (folder / "poster-1.jpg").write_bytes(b"picture")
    (folder / "storyboard.vtt").write_text("WEBVTT\n")
    return folder


def got(url: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read(), dict(answer.headers)


def files_of(alias: str, folder: str) -> set[str]:
    try:
        folders, files = storages[alias].listdir(folder)
    except FileNotFoundError:
        return set()
    below = (files_of(alias, f"{folder}/{name}".lstrip("/")) for name in folders)
    own = {f"{folder}/{name}".lstrip("/") for name in files}
    return own.union(*below)


# --- keys ---------------------------------------------------------------------------


def test_every_version_of_a_package_has_its_own_unguessable_prefix() -> None:
    one, other = storage.fresh_prefix(ASSET), storage.fresh_prefix(ASSET)
    assert one != other
    assert one.startswith(f"{ASSET}/")
    assert len(one) == len(str(ASSET)) + 1 + 32


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("master.m3u8", "application/vnd.apple.mpegurl"),
        ("720p/12.m4s", "video/iso.segment"),
        ("720p/init.mp4", "video/mp4"),
        ("storyboard.vtt", "text/vtt; charset=utf-8"),
        ("poster-1.jpg", "image/jpeg"),
        ("page.html", "application/octet-stream"),
    ],
)
def test_content_types_are_said_and_not_guessed(name: str, kind: str) -> None:
    assert storage.content_type(name) == kind


@pytest.mark.parametrize(
    "prefix", ["", "/", ".", str(ASSET), f"{ASSET}/../x", "packages"]
)
def test_only_the_prefix_of_a_package_can_be_deleted(prefix: str) -> None:
    with pytest.raises(ValueError, match="not the prefix"):
        storage.delete_prefix(prefix)


def test_a_storage_of_a_third_kind_is_refused(settings: Settings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "packages": memory}
    with pytest.raises(ImproperlyConfigured, match="packages"):
        storage.delete_prefix(storage.fresh_prefix(ASSET))


# --- originals ----------------------------------------------------------------------


@pytest.mark.usefixtures("any_storages")
def test_an_original_comes_back_as_it_was_put(tmp_path: Path) -> None:
    source, back = tmp_path / "source", tmp_path / "back"
    source.write_bytes(b"film" * 1000)
    key = storage.original_key(ASSET)
    storage.put_original(source, key)
    storage.put_original(source, key)  # a step that is run twice
    source.unlink()
    storage.fetch_original(key, back)
    assert back.read_bytes() == b"film" * 1000
    assert [stored.key for stored in storage.stored_originals()] == [key]


@pytest.mark.usefixtures("any_storages")
def test_a_deleted_original_is_gone_and_deleting_it_again_is_no_error(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")
    storage.put_original(source, storage.original_key(ASSET))
    for _ in range(2):
        storage.delete_original(storage.original_key(ASSET))
    assert list(storage.stored_originals()) == []


@pytest.mark.usefixtures("any_storages")
def test_a_missing_original_is_a_fault_of_the_engines_own_kind(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        storage.fetch_original("nothing-here", tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.s3
def test_a_stranger_cannot_read_an_original(s3_storages: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")
    storage.put_original(source, storage.original_key(ASSET))
    signed = storages["originals"].url(storage.original_key(ASSET))
    assert got(signed)[0] == b"film"
    with pytest.raises(urllib.error.HTTPError) as refused:
        got(signed.partition("?")[0])
    refused.value.close()
    assert refused.value.code == 403


# --- packages -----------------------------------------------------------------------


@pytest.mark.usefixtures("any_storages")
def test_a_tree_arrives_whole_below_its_prefix(package: Path) -> None:
    prefix = storage.fresh_prefix(ASSET)
    size = storage.put_tree(package, prefix)
    assert files_of("packages", prefix) == {
        f"{prefix}/{name}"
        for name in (
            "master.m3u8",
            "360p/playlist.m3u8",
            "360p/0.m4s",
            "download.mp4",
            "poster-1.jpg",
            "storyboard.vtt",
        )
    }
    assert size == 8 + 8 + 7 + 4 + 7 + 7
    assert [stored.key for stored in storage.stored_packages()] == [prefix]


@pytest.mark.s3
@pytest.mark.usefixtures("s3_storages")
def test_anybody_may_read_a_package_with_the_right_headers(package: Path) -> None:
    prefix = storage.fresh_prefix(ASSET)
    storage.put_tree(package, prefix)
    body, headers = got(storage.package_url(prefix, "360p/0.m4s"))
    assert body == b"segment"
    assert headers["Content-Type"] == "video/iso.segment"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    _, headers = got(storage.package_url(prefix, "master.m3u8"))
    assert headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.usefixtures("local_storages")
def test_a_local_package_has_an_address_of_the_site() -> None:
    prefix = storage.fresh_prefix(ASSET)
    assert storage.package_url(prefix, "a b.jpg") == f"/packages/{prefix}/a%20b.jpg"


@pytest.mark.usefixtures("any_storages")
def test_deleting_one_version_leaves_the_others(package: Path) -> None:
    old, new = storage.fresh_prefix(ASSET), storage.fresh_prefix(ASSET)
    storage.put_tree(package, old)
    storage.put_tree(package, new)
    storage.delete_prefix(old)
    storage.delete_prefix(old)
    assert files_of("packages", old) == set()
    assert len(files_of("packages", new)) == 6
    storage.delete_prefix(new)
    assert list(storage.stored_packages()) == []


@pytest.mark.usefixtures("any_storages")
def test_all_of_one_asset_is_deleted_and_nothing_of_another(package: Path) -> None:
    other = uuid.UUID(int=7)
    for asset in (ASSET, other):
        storage.put_original(package / "download.mp4", storage.original_key(asset))
        storage.put_tree(package, storage.fresh_prefix(asset))
        storage.put_tree(package, storage.fresh_prefix(asset))
    storage.delete_all(ASSET)
    storage.delete_all(ASSET)
    assert [one.key for one in storage.stored_originals()] == [str(other)]
    prefixes = [one.key for one in storage.stored_packages()]
    assert [prefix.partition("/")[0] for prefix in prefixes] == [str(other)] * 2


@pytest.mark.usefixtures("any_storages")
def test_what_lies_there_tells_its_age(package: Path) -> None:
    (package / "master.m3u8").unlink()  # an upload that died half-way
    half = storage.fresh_prefix(ASSET)
    storage.put_tree(package, half)
    (stored,) = storage.stored_packages()
    assert abs(timezone.now() - stored.written_at) < datetime.timedelta(minutes=1)


# --- the operator's questions -----------------------------------------------------------


@pytest.mark.usefixtures("any_storages")
def test_a_healthy_storage_passes_its_check_and_keeps_nothing_of_it() -> None:
    assert storage.check() == {"originals": "", "packages": ""}
    assert list(storage.stored_originals()) == []
    assert files_of("packages", "") == set()


@pytest.mark.s3
@pytest.mark.usefixtures("s3_storages")
def test_a_bucket_that_is_not_there_is_named_by_the_check(
    settings: Settings,
) -> None:
    place = settings.STORAGES["packages"]
    options = {**place["OPTIONS"], "bucket_name": "no-such-bucket"}
    settings.STORAGES = {**settings.STORAGES, "packages": {**place, "OPTIONS": options}}
    found = storage.check()
    assert found["originals"] == ""
    assert "NoSuchBucket" in found["packages"]


def test_a_folder_that_cannot_be_written_is_named_by_the_check(
    local_storages: Path,
) -> None:
    (local_storages / "packages").write_text("a file where the folder should be")
    found = storage.check()
    assert found["originals"] == ""
    assert str(local_storages / "packages") in found["packages"]


@pytest.mark.s3
def test_the_parts_of_a_dead_upload_are_thrown_away(s3_storages: str) -> None:
    client = s3_resource().meta.client
    for key in ("packages/one", "elsewhere/two"):
        client.create_multipart_upload(Bucket=s3_storages, Key=key)
    soon = timezone.now() + datetime.timedelta(minutes=1)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    assert storage.abort_multiparts(long_ago) == 0
    assert storage.abort_multiparts(soon) == 1  # what is not ours stays
    assert storage.abort_multiparts(soon) == 0
    client.close()


@pytest.mark.usefixtures("local_storages")
def test_local_folders_have_no_parts_to_throw_away() -> None:
    assert storage.abort_multiparts(timezone.now()) == 0


# --- work ---------------------------------------------------------------------------


@pytest.mark.usefixtures("any_storages")
def test_work_comes_back_as_it_was_put_and_is_ours_to_change(
    package: Path, tmp_path: Path
) -> None:
    prefix = storage.fresh_work(ASSET)
    names = storage.put_work(package, f"{prefix}/1-abc")
    assert "360p/0.m4s" in names
    for way in ("once", "again"):
        storage.fetch_work(f"{prefix}/1-abc", names, tmp_path / way)
        assert (tmp_path / way / "360p" / "0.m4s").read_bytes() == b"segment"
        with (tmp_path / way / "360p" / "0.m4s").open("ab") as file:
            file.write(b"more")


@pytest.mark.usefixtures("any_storages")
def test_work_is_no_original_and_no_package_and_goes_as_a_whole(
    package: Path, tmp_path: Path
) -> None:
    mine, others = storage.fresh_work(ASSET), storage.fresh_work(ASSET)
    for key in (f"{mine}/1-a", f"{mine}/2-b", f"{others}/1-c"):
        storage.put_work(package, key)
    assert {found.key for found in storage.stored_work()} == {mine, others}
    assert not [*storage.stored_originals(), *storage.stored_packages()]
    for _ in range(2):
        storage.delete_work(mine)
    assert [found.key for found in storage.stored_work()] == [others]
    with pytest.raises(StorageError):
        storage.fetch_work(f"{mine}/1-a", ["download.mp4"], tmp_path / "back")


@pytest.mark.s3
def test_the_public_cannot_read_work(s3_storages: str, package: Path) -> None:
    prefix = storage.fresh_work(ASSET)
    storage.put_work(package, prefix)
    address = storages["originals"].url(f"{prefix}/download.mp4").partition("?")[0]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        got(address)


@pytest.mark.parametrize("prefix", ["", "work", f"work/{ASSET}", f"{ASSET}/{'0' * 32}"])
def test_only_the_prefix_of_work_can_be_deleted_as_work(prefix: str) -> None:
    with pytest.raises(ValueError, match="not the prefix"):
        storage.delete_work(prefix)


@pytest.mark.usefixtures("any_storages")
def test_a_package_can_be_fetched_whole(package: Path, tmp_path: Path) -> None:
    prefix = storage.fresh_prefix(ASSET)
    storage.put_tree(package, prefix)
    storage.fetch_tree(prefix, tmp_path / "back")
    for path in package.rglob("*.*"):
        name = path.relative_to(package)
        assert (tmp_path / "back" / name).read_bytes() == path.read_bytes()
    (tmp_path / "back" / "download.mp4").write_bytes(b"ours")
    storage.fetch_tree(prefix, tmp_path / "once more")
    assert (tmp_path / "once more" / "download.mp4").read_bytes() == b"film"
