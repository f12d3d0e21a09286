"""What the engine has to do, does and has done: for the people who run it.

A fixed number of queries whatever the number of assets.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet, Sum

from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, AssetQuerySet, Package, StepRun
from media_pipeline.states import State
from media_pipeline.steps import QUEUE

UNFINISHED = (Job.State.QUEUED, Job.State.RUNNING, Job.State.WAITING)


@dataclass(frozen=True)
class Lane:
    """The jobs of one kind in one queue."""

    queue: str
    kind: str
    queued: int
    running: int
    failed: int | None  # of clips' jobs the census tells, apart from what was refused


def lanes() -> list[Lane]:
    """Of all jobs, clips' and others', that are not done; the longest first."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    ended_in_census = Q(queue=QUEUE, state=Job.State.FAILED)
    rows = Job.objects.exclude(ended_in_census).exclude(state=Job.State.DONE)
    for queue, kind, state, number in (
        rows.order_by().values_list("queue", "kind", "state").annotate(Count("pk"))
    ):
        counted[queue, kind][state] += number
    found = [_lane(*place, states) for place, states in counted.items()]
    return sorted(found, key=lambda lane: (-lane.queued - lane.running, lane.kind))


def _lane(queue: str, kind: str, states: Mapping[str, int]) -> Lane:
    return Lane(
        queue=queue,
        kind=kind,
        queued=states.get(Job.State.QUEUED, 0),
        running=states.get(Job.State.RUNNING, 0) + states.get(Job.State.WAITING, 0),
        failed=None if queue == QUEUE else states.get(Job.State.FAILED, 0),
    )


class Backlog:
    """The unfinished jobs of all clips, in the order in which workers take them.

    Read once, when first asked, and asked about one asset after the other.
    """

    @cached_property
    def jobs(self) -> list[Job]:
        mine = Job.objects.filter(queue=QUEUE, state__in=UNFINISHED)
        return list(mine.defer("error", "result"))

    @cached_property
    def running(self) -> list[Job]:
        return [job for job in self.jobs if job.state == Job.State.RUNNING]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """By the key of the whole job; the same as `Asset.place`."""
        places: dict[str, int] = {}
        ahead: set[int | None] = set()
        for job in self.jobs:
            if job.state == Job.State.QUEUED:
                mine = asset_of(job)
                places[job.key] = len(ahead - {mine}) + 1
                ahead.add(mine)
        return places

    def job_of(self, asset: Asset) -> Job | None:
        """Its whole job; None once that is over."""
        return self._by_key.get(asset.job_key)

    @cached_property
    def _by_key(self) -> Mapping[str, Job]:
        return {job.key: job for job in self.jobs}


def asset_of(job: Job) -> int | None:
    """The id of the asset that a job works on, whole or part."""
    found = re.match(r"asset/(\d+)/", job.key, re.ASCII)
    return int(found[1]) if found else None


def steps_under_way(assets: Iterable[int]) -> Mapping[int, str]:
    """By asset, the step that began last, unless it has ended."""
    runs = StepRun.objects.filter(asset__in=set(assets)).order_by("started_at", "pk")
    last = {
        asset: (step, ended_at)
        for asset, step, ended_at in runs.values_list("asset_id", "step", "ended_at")
    }
    return {asset: step for asset, (step, ended_at) in last.items() if ended_at is None}


@dataclass(frozen=True)
class Census:
    """How many assets are in which state, and the reasons of those that ended badly."""

    states: Mapping[str, int]
    failed: Mapping[str, int]
    refused: Mapping[str, int]


def census(assets: AssetQuerySet | QuerySet[Asset]) -> Census:
    states: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    rows = assets.order_by().values_list("state", "reason").annotate(Count("pk"))
    for state, reason, number in rows:
        states[state] += number
        reasons[state][reason] += number
    return Census(
        states=states,
        failed=dict(reasons[State.FAILED].most_common()),
        refused=dict(reasons[State.REFUSED].most_common()),
    )


@dataclass(frozen=True)
class Throughput:
    """What was done in a span of time, and what it cost, failures included."""

    clips: int
    video_s: float
    cpu_s: float

    @property
    def video_per_cpu_s(self) -> float | None:
        return self.video_s / self.cpu_s if self.cpu_s else None


def throughput(assets: QuerySet[Asset], since: datetime.datetime) -> Throughput:
    whole = Package.objects.filter(
        asset__in=assets.order_by().values("pk"), is_whole=True, created_at__gte=since
    )
    done = whole.aggregate(clips=Count("pk"), video_ms=Sum("asset__duration_ms"))
    runs = StepRun.objects.filter(
        asset__in=assets.order_by().values("pk"), ended_at__gte=since
    )
    return Throughput(
        clips=done["clips"],
        video_s=(done["video_ms"] or 0) / 1000,
        cpu_s=runs.aggregate(cpu_s=Sum("cpu_s"))["cpu_s"] or 0.0,
    )
