"""Hashes of large files, made in one reading, wherever the file lies by now."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from media_pipeline import storage
from media_pipeline.jobs.models import Job
from media_pipeline.likeness import digests
from media_pipeline.likeness.models import Digest
from media_pipeline.models import Asset

pytestmark = pytest.mark.django_db

BLOCK = digests.BLOCK_BYTES
SIZE = digests.SMALL_BYTES + 5


@pytest.fixture
def large(tmp_path: Path, settings: Any, local_storages: None) -> Asset:
    settings.STAGING_DIR = tmp_path / "staged"
    settings.STAGING_DIR.mkdir()
    with (settings.STAGING_DIR / "abc").open("wb") as file:
        file.truncate(SIZE - 3)
        file.seek(0, io.SEEK_END)
        file.write(b"end")
    return Asset.objects.create(staged_as="abc", file_name="a.mp4", size=SIZE)


def job(asset: Asset) -> Job:
    digests.request(asset)
    return Job.objects.get(kind=digests.KIND)


def test_the_ends_are_the_first_and_last_mebibyte() -> None:
    file = io.BytesIO(b"a" * digests.EDGE_BYTES + b"?" * 9 + b"z" * digests.EDGE_BYTES)
    ends = b"a" * digests.EDGE_BYTES + b"z" * digests.EDGE_BYTES
    assert digests.edges(file) == hashlib.sha256(ends).hexdigest()


def test_the_whole_is_hashed_block_by_block() -> None:
    file = io.BytesIO(b"a" * BLOCK + b"b")
    each = [hashlib.sha256(part).digest() for part in (b"a" * BLOCK, b"b")]
    assert digests.blocks(file) == hashlib.sha256(b"".join(each)).hexdigest()


def test_a_small_file_needs_none(large: Asset) -> None:
    large.size = digests.SMALL_BYTES
    digests.request(large)
    assert not Job.objects.filter(kind=digests.KIND).exists()


def test_it_is_found_by_its_size_and_ends_and_then_by_all_of_it(large: Asset) -> None:
    digests.take(job(large))
    row = Digest.objects.get(asset=large)
    assert list(digests.large(SIZE, row.edges)) == [large]
    assert list(digests.large(SIZE, row.edges, row.blocks)) == [large]
    assert not digests.large(SIZE + 1, row.edges)
    assert not digests.large(SIZE, row.edges, "0" * 64)


def test_it_is_read_from_storage_once_it_is_no_longer_where_it_came(
    large: Asset, settings: Any
) -> None:
    staged = Path(settings.STAGING_DIR) / "abc"
    key = storage.original_key(large.uuid)
    storage.put_original(staged, key)
    before = staged.read_bytes()
    staged.unlink()
    Asset.objects.filter(pk=large.pk).update(original_key=key, staged_as="")
    digests.take(job(large))
    assert Digest.objects.get().blocks == digests.blocks(io.BytesIO(before))


def test_it_bears_being_told_twice_and_after_the_end(large: Asset) -> None:
    asked = job(large)
    digests.take(asked)
    digests.take(asked)
    assert Digest.objects.count() == 1
    large.delete()
    digests.take(asked)
    assert Digest.objects.count() == 0


def test_what_came_before_there_were_digests_is_asked_for(large: Asset) -> None:
    assert digests.request_missing() == 0  # not kept yet: it has its own job
    Asset.objects.filter(pk=large.pk).update(original_key="x")
    assert digests.request_missing() == 1
    Digest.objects.create(asset=large, edges="a", blocks="b")
    assert digests.request_missing() == 0


def test_files_without_a_hash_are_nobodys_twins(large: Asset) -> None:
    assert not digests.twins(None)
    assert not digests.twins(large)
    Asset.objects.filter(pk=large.pk).update(sha256="ab")
    assert list(digests.twins(Asset.objects.get())) == [large]
