"""One making of a package: begun, found again by whoever goes on with it, ended."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from media_pipeline import states, storage
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Build

# What is finished of a clip that failed waits so long for somebody to try it again.
KEEP_FAILED = datetime.timedelta(days=7)


def begin(asset: Asset, *, is_again: bool = False) -> Build:
    work = storage.fresh_work(asset.uuid)
    return Build.objects.create(asset=asset, work=work, is_again=is_again)


def open_of(asset: Asset) -> Build:
    """The one that is open; a new one where a first try, or an older release, has none."""
    return asset.builds.filter(ended_at=None).first() or begin(asset)


@transaction.atomic
def end(build: Build) -> None:
    """Its package is whole, or will never be: the parts go, and their files."""
    build.ended_at = timezone.now()
    build.save(update_fields=["ended_at"])
    forget_parts(build)


def start_over(build: Build) -> None:
    """Nothing of it is of use any more but what plays already."""
    build.plan, build.first = {}, None
    build.save(update_fields=["plan", "first"])
    forget_parts(build)


def forget_parts(build: Build, phase: int | None = None) -> None:
    """Of one phase, or of all. Who still does one of them loses its lease with the row."""
    below = "" if phase is None else f"{phase}/"
    Job.objects.filter(key__startswith=build.parts_key + below).delete()
    place = f"{build.work}/{below}".rstrip("/")
    # Files that cannot be removed now are left to the sweep.
    transaction.on_commit(lambda: storage.delete_work(place), robust=True)


def end_stale() -> int:
    """Those whose asset is over without them; how many they were."""
    long_ago = timezone.now() - KEEP_FAILED
    given_up = Q(asset__state=states.State.FAILED, asset__updated_at__lt=long_ago)
    over = Q(asset__state__in=states.OVER - {states.State.FAILED})
    stale = Build.objects.filter(given_up | over, ended_at=None)
    for build in stale:
        end(build)
    return len(stale)
