"""Doing away with a video that nobody wants any more, be a worker in the midst of it."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from media_pipeline import jobs, storage
from media_pipeline.models import Asset

logger = logging.getLogger(__name__)


@transaction.atomic
def discard(asset: Asset) -> None:
    """Its rows, its jobs and, once that is committed, its files.

    With the job's row a worker loses its lease: it stops within a heartbeat and can
    publish nothing. Files that cannot be removed now are left to the sweep.
    """
    jobs.cancel(asset.job_key, asset.news_key)
    number, staged_as = asset.uuid, asset.staged_as
    asset.delete()
    # No partial: Django cannot name one in its log.
    transaction.on_commit(lambda: _remove(number, staged_as), robust=True)


@contextlib.contextmanager
def unless_discarded(asset: Asset) -> Iterator[None]:
    """Around work on it: what fails because it was discarded meanwhile is no error, and
    what was written since goes too."""
    try:
        yield
    except Exception:
        if Asset.objects.filter(pk=asset.pk).exists():
            raise
        logger.info("asset=%s was discarded meanwhile", asset.pk)
        _remove(asset.uuid, asset.staged_as)


def _remove(number: uuid.UUID, staged_as: str) -> None:
    if staged_as:
        (Path(settings.STAGING_DIR) / staged_as).unlink(missing_ok=True)
    storage.delete_all(number)
