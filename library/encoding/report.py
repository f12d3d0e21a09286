"""What the report of the encoding shows, as finished values, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library.clips.encoding import Work, percent_of, place_in_queue, time_left
from library.clips.models import ClipPage, ClipQuerySet
from library.clips.video import Video, video_of
from library.units.models import UnitPage
from library.units.permissions import Person, Reach, Right, reach_of, under
from media_pipeline import failures, reasons, workload
from media_pipeline.jobs import identity
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset
from media_pipeline.states import State
from media_pipeline.workload import Backlog, Census, Lane, Throughput

UNDER_WAY = (State.RECEIVED, State.PROBED, State.ENCODING, State.WATCHABLE)
STEPS: Mapping[str, str | Promise] = {
    "hold": _("taking over the file"),
    "probe": _("checking the file"),
    "encode": _("encoding"),
    "publish first": _("publishing the first picture size"),
    "publish": _("publishing"),
}

SPANS = (
    (_("The last day"), datetime.timedelta(days=1)),
    (_("The last week"), datetime.timedelta(days=7)),
)


@dataclass(frozen=True)
class Running:
    """A job that a worker has in hand; a clip may have several parts in several hands."""

    clip_id: int
    title: str
    unit: str
    step: str
    percent: int
    left: str
    attempt: int
    attempts: int
    worker: str  # for operators


@dataclass(frozen=True)
class Now:
    """What changes from second to second."""

    waiting: int
    busy: int
    failed: int
    refused: int
    running: tuple[Running, ...]
    elsewhere: int  # jobs of clips that the reader may not see

    @property
    def moves(self) -> bool:
        return bool(self.waiting or self.busy)

    @property
    def code(self) -> str:
        return f"{self.busy}/{self.waiting}/{self.failed}/{self.refused}"


@dataclass(frozen=True)
class Why:
    """One reason, and how many clips it stopped."""

    code: str
    sentence: str
    clips: int


@dataclass(frozen=True)
class Span:
    """What was done in a span of time."""

    label: str | Promise
    done: Throughput

    @property
    def minutes(self) -> str:
        """Of video."""
        return number_format(self.done.video_s / 60, decimal_pos=1)

    @property
    def speed(self) -> str:
        """Seconds of video per CPU second, by the reader's own comma; "–" before any."""
        ratio = self.done.video_per_cpu_s
        return "–" if ratio is None else number_format(ratio, decimal_pos=2)


@dataclass(frozen=True)
class Figures:
    failed: tuple[Why, ...]
    refused: tuple[Why, ...]
    spans: tuple[Span, ...]
    lanes: tuple[Lane, ...]  # for operators


@dataclass(frozen=True)
class Row:
    """A clip of the list."""

    clip_id: int
    title: str
    unit: str
    video: Video
    duration_s: int
    changed_at: datetime.datetime


class Reader:
    """Somebody who may look at the report, and what of it."""

    def __init__(self, user: Person) -> None:
        self.user = user
        self.reach: Reach = reach_of(user)
        self.backlog = Backlog()

    @property
    def may_read(self) -> bool:
        return bool(self.reach.paths.get(Right.RUN_ENCODING))

    @property
    def is_operator(self) -> bool:
        """Sees what names machines, paths and commands, and other people's jobs."""
        return bool(getattr(self.user, "is_superuser", False))

    def clips(self) -> ClipQuerySet:
        found: ClipQuerySet = ClipPage.objects.filter(
            self._within("path"), asset__isnull=False
        ).select_related("asset__package")
        return found

    def assets(self) -> QuerySet[Asset]:
        return Asset.objects.filter(self._within("clip__path"))

    @cached_property
    def census(self) -> Census:
        return workload.census(self.assets())

    def _within(self, field: str) -> Q:
        return under(self.reach.paths.get(Right.RUN_ENCODING, ()), field)


def now(reader: Reader) -> Now:
    states = reader.census.states
    hands = {job: workload.asset_of(job) for job in reader.backlog.running}
    mine = {
        clip.asset_id: clip for clip in reader.clips().filter(asset__in=hands.values())
    }
    units = unit_titles(mine.values())
    steps = workload.steps_under_way(mine)
    running = tuple(
        _running(reader, job, clip, units, steps)
        for job, asset in hands.items()
        if (clip := mine.get(asset)) is not None
    )
    return Now(
        waiting=sum(states.get(state, 0) for state in UNDER_WAY) - len(mine),
        busy=len(mine),
        failed=states.get(State.FAILED, 0),
        refused=states.get(State.REFUSED, 0),
        running=running,
        elsewhere=len(hands) - len(running),
    )


def _running(
    reader: Reader,
    job: Job,
    clip: ClipPage,
    units: Mapping[str, str],
    steps: Mapping[int, str],
) -> Running:
    return Running(
        clip_id=clip.pk,
        title=clip.draft_title or clip.title,
        unit=units.get(_parent(clip), ""),
        step=_step(job, steps.get(clip.asset_id, "")),
        percent=percent_of(job.progress),
        left=time_left(job.seconds_left),
        attempt=job.attempt,
        attempts=job.max_attempts,
        worker=identity.short(job.worker) if reader.is_operator else "",
    )


def _step(job: Job, under_way: str) -> str:
    """Of a clip that is divided, several parts may be under way: each names itself."""
    if job.parent_id is None:
        return str(STEPS.get(under_way, _("at work")))
    part = job.key.split("/", 2)[-1]
    return gettext("part %(part)s of a long clip") % {"part": part}


def figures(reader: Reader) -> Figures:
    return Figures(
        failed=_whys(reader.census.failed, failures.message),
        refused=_whys(reader.census.refused, reasons.message),
        spans=tuple(
            Span(label, workload.throughput(reader.assets(), timezone.now() - length))
            for label, length in SPANS
        ),
        lanes=tuple(workload.lanes()) if reader.is_operator else (),
    )


def _whys(counted: Mapping[str, int], message: Callable[[str], str]) -> tuple[Why, ...]:
    return tuple(Why(code, message(code), clips) for code, clips in counted.items())


def rows(reader: Reader, clips: Iterable[ClipPage]) -> list[Row]:
    clips = list(clips)
    units = unit_titles(clips)
    return [
        _row(reader, clip, clip.asset, units.get(_parent(clip), ""))
        for clip in clips
        if clip.asset is not None
    ]


def _row(reader: Reader, clip: ClipPage, asset: Asset, unit: str) -> Row:
    work = _work(reader.backlog, asset)
    return Row(
        clip_id=clip.pk,
        title=clip.draft_title or clip.title,
        unit=unit,
        video=video_of(clip, reader.user, reader.reach, work),
        duration_s=round(asset.duration_ms / 1000),
        changed_at=asset.updated_at,
    )


def _work(backlog: Backlog, asset: Asset) -> Work:
    """As `clips.encoding.work_on`, from the backlog that was read once for all rows."""
    job = backlog.job_of(asset)
    place = backlog.places.get(asset.job_key)
    left = time_left(job.seconds_left if job else None)
    words = left if place is None else place_in_queue(place)
    return Work(percent_of(job.progress if job else 0), words, place)


def unit_titles(clips: Iterable[ClipPage]) -> dict[str, str]:
    """By the path of the unit."""
    units = UnitPage.objects.filter(path__in={_parent(clip) for clip in clips})
    return dict(units.values_list("path", "title"))


def _parent(clip: ClipPage) -> str:
    return str(clip.path[: -ClipPage.steplen])
