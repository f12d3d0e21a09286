"""How the search learns what the public may find: by job rows, tried until they are done."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Now

from library.clips import records
from library.clips.models import ClipPage
from library.units.models import UnitPage
from library.units.permissions import under
from media_pipeline import jobs
from media_pipeline.jobs.models import Job, JobQuerySet
from search import index
from search.errors import NotBuiltError, SearchUnavailableError

logger = logging.getLogger(__name__)

# As far as a row can count: with the longest pause between tries, half a year.
WITHOUT_END = 32_767


def request(clip_id: int) -> None:
    """One row for each clip: asked twice, it is written once, as it is then."""
    jobs.request(
        f"index/{clip_id}",
        kind="index",
        spec={"clip": clip_id},
        max_attempts=WITHOUT_END,
    )


def request_below(what: str, units: Iterable[int]) -> None:
    """All clips of these units and of those below them; a job finds out which they are."""
    jobs.request(
        f"index/{what}",
        kind="index_below",
        spec={"units": list(units)},
        max_attempts=WITHOUT_END,
    )


def find_below(job: Job) -> dict[str, Any]:
    """What an `index_below` job does: one row for each live clip."""
    paths = UnitPage.objects.filter(pk__in=job.spec["units"]).values_list(
        "path", flat=True
    )
    clips = ClipPage.objects.live().filter(under(paths)).values_list("pk", flat=True)
    for clip_id in (found := list(clips)):
        request(clip_id)
    return {"clips": len(found)}


def write(job: Job) -> None:
    """What an `index` job does: the public finds what is open to all, nothing else."""
    try:
        _write(job.spec["clip"])
    except NotBuiltError:
        request_build()
        raise


def request_build() -> None:
    """The server has no index: it is new, or it lost its disk."""
    jobs.request("index", kind="build_index", priority=-1, max_attempts=WITHOUT_END)


def build(job: Job) -> dict[str, Any]:
    """What a `build_index` job does."""
    clips = index.build(records.all_records)
    logger.info("job=%s clips=%d", job.key, clips)
    return {"clips": clips}


def catch_up() -> int:
    """When the server is back: what waits longer and longer need not; how many they are."""
    if index.fallback() is None:
        return 0
    try:
        index.ready()
    except NotBuiltError:
        request_build()
    except SearchUnavailableError:
        return 0
    late = waiting().filter(attempt__gt=0, run_after__gt=Now())
    for clip_id in (clips := [job.spec["clip"] for job in late]):
        request(clip_id)
    return len(clips)


def waiting() -> JobQuerySet:
    """Writes that the search has not taken yet."""
    return Job.objects.filter(kind="index").unfinished()


def _write(clip_id: int) -> None:
    found = ClipPage.objects.open_to_all().filter(pk=clip_id)
    clip = found.first()
    if clip is None:
        index.remove(clip_id)
        return
    index.put(records.record_of(clip))
    # Withdrawn while this was on its way, and perhaps removed by another worker before.
    if not found.exists():
        index.remove(clip_id)
