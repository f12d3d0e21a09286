"""Removing files that no row points to any more, once nobody can be using them."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from media_pipeline import builds, storage
from media_pipeline.models import Asset, Build, Package

logger = logging.getLogger(__name__)

# Longer than anybody watches one clip, and than any upload to storage takes.
GRACE = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """How many of each were removed."""

    packages: int
    originals: int
    works: int  # parts of what never became a package
    multiparts: int


def sweep(grace: datetime.timedelta = GRACE) -> Swept:
    before = timezone.now() - grace
    builds.end_stale()
    swept = Swept(
        packages=_superseded(before) + _packages_of_nobody(before),
        originals=_originals_of_nobody(before),
        works=_works_of_nobody(before),
        multiparts=storage.abort_multiparts(before),
    )
    logger.info("%s", swept)
    return swept


def _superseded(before: datetime.datetime) -> int:
    """Packages whose successor has been whole and in use since `before`."""
    is_current = Exists(Asset.objects.filter(package=OuterRef("pk"))) | Exists(
        Build.objects.filter(first=OuterRef("pk"), ended_at=None)
    )
    followed = Q(asset__package__isnull=True) | Q(asset__package__created_at__lt=before)
    old = Package.objects.filter(~is_current & followed, created_at__lt=before)
    removed = 0
    for package in old:
        # The row first: files without a row are found again, a row without files
        # would be a clip that does not play.
        if Package.objects.filter(~is_current, pk=package.pk).delete()[0]:
            storage.delete_prefix(package.prefix)
            removed += 1
    return removed


def _packages_of_nobody(before: datetime.datetime) -> int:
    known = set(Package.objects.values_list("prefix", flat=True))
    nobodys = [
        stored.key
        for stored in storage.stored_packages()
        if stored.key not in known and stored.written_at < before
    ]
    for prefix in nobodys:
        storage.delete_prefix(prefix)
    return len(nobodys)


def _originals_of_nobody(before: datetime.datetime) -> int:
    keys = Asset.objects.exclude(original_key="").values_list("original_key", flat=True)
    known = set(keys)
    nobodys = [
        stored.key
        for stored in storage.stored_originals()
        if stored.key not in known and stored.written_at < before
    ]
    for key in nobodys:
        storage.delete_original(key)
    return len(nobodys)


def _works_of_nobody(before: datetime.datetime) -> int:
    """Of builds that have ended, or that died with their asset."""
    known = set(Build.objects.filter(ended_at=None).values_list("work", flat=True))
    nobodys = [
        stored.key
        for stored in storage.stored_work()
        if stored.key not in known and stored.written_at < before
    ]
    for prefix in nobodys:
        storage.delete_work(prefix)
    return len(nobodys)
