"""The same bytes: hashes that a browser can make too, before it sends anything.

Up to SMALL_BYTES that is the SHA-256 of the file. A browser's own SHA-256 wants its
input in one piece, which a phone has no room for; of a larger file it first tells its
size and a hash of both ends, and only where these are known one made block by block.
`library/static/js/same-file.js` says the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

from media_pipeline import jobs, storage
from media_pipeline.likeness.models import Digest
from media_pipeline.models import Asset
from media_pipeline.states import State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from media_pipeline.jobs.models import Job

KIND = "digest"
SMALL_BYTES = 64 * 1024**2
EDGE_BYTES = 1024**2
BLOCK_BYTES = 16 * 1024**2


def request(asset: Asset) -> None:
    """The hashes of a large file are taken after this commits."""
    if asset.size > SMALL_BYTES:
        jobs.request(f"asset/{asset.pk}/digest", KIND, {"asset": asset.pk})


def take(job: Job) -> None:
    """The handler: reads the file once, block by block."""
    asset = Asset.objects.filter(pk=job.spec["asset"]).first()
    if asset is None or Digest.objects.filter(pk=asset.pk).exists():
        return
    with _file_of(asset) as file:
        found = {"edges": edges(file), "blocks": blocks(file)}
    if Asset.objects.filter(pk=asset.pk).exists():
        Digest.objects.update_or_create(asset=asset, defaults=found)


def request_missing(most: int = 100) -> int:
    """For what came before there were digests; how many were asked for."""
    lacking = Asset.objects.filter(size__gt=SMALL_BYTES, digest=None)
    old = lacking.exclude(original_key="").order_by("pk")[:most]
    for asset in old:
        request(asset)
    return len(old)


def edges(file: IO[bytes]) -> str:
    """SHA-256 of the first and the last EDGE_BYTES, of a file that is longer than both."""
    file.seek(0)
    head = file.read(EDGE_BYTES)
    file.seek(-EDGE_BYTES, os.SEEK_END)
    return hashlib.sha256(head + file.read(EDGE_BYTES)).hexdigest()


def blocks(file: IO[bytes]) -> str:
    """SHA-256 of the SHA-256s of each BLOCK_BYTES."""
    file.seek(0)
    whole = hashlib.sha256()
    while block := file.read(BLOCK_BYTES):
        whole.update(hashlib.sha256(block).digest())
    return whole.hexdigest()


def small(size: int, sha256: str) -> QuerySet[Asset]:
    """Assets whose file is this very one."""
    return _kept().filter(size=size, sha256=sha256)


def large(size: int, edges: str, blocks: str = "") -> QuerySet[Asset]:
    """Assets whose file it may be; with `blocks`, is."""
    found = _kept().filter(size=size, digest__edges=edges)
    return found.filter(digest__blocks=blocks) if blocks else found


def same_bytes(asset: Asset | None) -> QuerySet[Asset]:
    """All assets whose file is this one's, itself too."""
    if asset is None or not asset.sha256:
        return Asset.objects.none()
    return Asset.objects.filter(sha256=asset.sha256).order_by("pk")


def twins(asset: Asset | None) -> QuerySet[Asset]:
    """The same, held in one order until the transaction ends: of many who look at once
    each sees what the one before has done."""
    same = same_bytes(asset)
    list(same.select_for_update().values_list("pk"))
    return same


def _kept() -> QuerySet[Asset]:
    return Asset.objects.exclude(state__in=[State.REFUSED])


@contextlib.contextmanager
def _file_of(asset: Asset) -> Iterator[IO[bytes]]:
    """Where it was received, or from where it is kept by now."""
    staged = Path(settings.STAGING_DIR) / asset.staged_as
    with contextlib.ExitStack() as stack:
        try:
            yield stack.enter_context(staged.open("rb"))
        except (FileNotFoundError, IsADirectoryError):
            asset.refresh_from_db()
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            kept = Path(folder, "original")
            storage.fetch_original(asset.original_key, kept)
            yield stack.enter_context(kept.open("rb"))
