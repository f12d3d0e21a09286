"""A phase of a long clip as parts: each is a job for whoever is free, on any machine.

What a part makes lies in the private storage below a key of its own try, and its row
publishes it. Finished parts are kept until the phase is: a further try goes on with them.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from media_pipeline import attempts, pieces, storage
from media_pipeline.errors import PipelineError
from media_pipeline.jobs import lease
from media_pipeline.jobs.models import Job
from media_pipeline.jobs.parts import Part, divide
from media_pipeline.pieces import Piece
from media_pipeline.plans import Plan
from media_pipeline.work import Progress, Seconds, Work

if TYPE_CHECKING:
    from media_pipeline.attempts import Attempt
    from media_pipeline.models import Build

KIND = "piece"
SOUND = "sound"


class NotWantedError(PipelineError):
    """Its clip is over, or is being made in another way by now."""

    permanent = True


def ask(attempt: Attempt, build: Build, plan: Plan, priority: int) -> bool:
    """Have done what is missing of the phase that is next; False when nothing is."""
    wanted = _parts(build, plan)
    done = attempt.job.parts.filter(
        key__in=[part.key for part in wanted], state=Job.State.DONE
    )
    if done.count() == len(wanted):
        return False
    attempt.write(partial(divide, attempt.job, wanted, priority))
    return True


def _parts(build: Build, plan: Plan) -> list[Part]:
    place = f"{build.parts_key}{build.phase}/"
    common = {"asset": build.asset_id, "build": build.pk, "phase": build.phase}
    parts = [
        Part(f"{place}{number:02}", KIND, common | {"span": number})
        for number in range(len(plan.spans))
    ]
    if build.phase == 0 and plan.source.sound is not None:
        parts.append(Part(f"{place}{SOUND}", KIND, common | {"span": None}))
    return parts


# --- doing one ------------------------------------------------------------------------


def do_part(job: Job) -> dict[str, Any] | None:
    """The handler of `piece` jobs."""
    with attempts.of(job) as attempt:
        build = (
            attempt
            and attempt.asset.builds.filter(pk=job.spec["build"], ended_at=None).first()
        )
        if not (attempt and build):
            raise NotWantedError("its clip is over")
        return _done(attempt, build)
    return None  # it was discarded meanwhile


def _done(attempt: Attempt, build: Build) -> dict[str, Any]:
    plan, job = Plan.from_json(build.plan, attempt.original), attempt.job
    attempt.fetch_original()
    work = attempt.begin(_Report(job, plan))
    with attempt.step("encode") as work.session:
        made = _made(work, plan, job.spec)
    key = f"{build.work}/{job.spec['phase']}/{job.pk}-{job.lease}"
    return {
        "key": key,
        "names": storage.put_work(work.out_dir, key),
        "piece": made,
        "wall_s": round(work.seconds, 2),
        "cpu_s": round(work.session.cpu_s, 2),
    }


def _made(work: Work, plan: Plan, spec: dict[str, Any]) -> dict[str, Any] | None:
    if spec["span"] is None:
        pieces.encode_sound(work, plan)
        return None
    return pieces.encode(work, plan, spec["phase"], spec["span"]).as_json()


class _Report:
    """Of a part, and of the whole that it is one of."""

    def __init__(self, job: Job, plan: Plan) -> None:
        self._job, self._plan = job, plan
        self._phase: int = job.spec["phase"]
        self._started = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if lease.report(self._job, progress.fraction, progress.seconds_left):
            lease.report_whole(self._job, partial(self._whole, progress.fraction))

    def _whole(self, fraction: float) -> tuple[float, float | None]:
        """What is done of all parts together, and how long the rest takes when it goes on
        as quickly as this one, with as many at work as now."""
        parts = Job.objects.filter(parent=self._job.parent_id, spec__phase=self._phase)
        pictures = [one for one in parts if one.spec["span"] is not None]
        share = sum(one.progress for one in pictures) / len(self._plan.spans)
        done = self._plan.fraction(self._phase, share)
        mine = fraction * self._plan.share(self._phase) / len(self._plan.spans)
        if mine <= 0 or self._job.spec["span"] is None:
            return done, None
        at_work = sum(one.state == Job.State.RUNNING for one in pictures)
        seconds = (time.monotonic() - self._started) / mine * (1 - done)
        return done, seconds / max(1, at_work)


# --- putting all together ---------------------------------------------------------------


def gather(attempt: Attempt, build: Build, plan: Plan, work: Work) -> None:
    """The tracks of the phase in the work's folder, as one decode would have left them."""
    rows = attempt.job.parts.filter(key__startswith=f"{build.parts_key}{build.phase}/")
    folder = attempt.folder / "pieces"
    made: dict[int, Piece] = {}
    for row in rows.order_by("key"):
        found, number = row.result, row.spec["span"]
        place = work.out_dir if number is None else folder / str(number)
        storage.fetch_work(found["key"], found["names"], place)
        if number is not None:
            made[number] = Piece.from_json(found["piece"])
        work.before += Seconds(found["wall_s"], found["cpu_s"])
    pieces.join(work, plan, build.phase, [made[n] for n in sorted(made)], folder)
