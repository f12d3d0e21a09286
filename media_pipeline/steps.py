"""The engine's way of an asset: received → probed → encoding → watchable → playable.

One job walks it, and runs once more for each phase: what must not wait is urgent, the rest
is not. A phase of a long clip it has done in parts (`division.py`). Each step bears being
run again from the start: what it needs is in rows, what it makes gets a key of its own,
and a row publishes it at the very end.
"""

from __future__ import annotations

import hashlib
import unicodedata
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from media_pipeline import (
    attempts,
    builds,
    division,
    failures,
    folder,
    jobs,
    pieces,
    plans,
    playlists,
    states,
    storage,
    transcode,
)
from media_pipeline.attempts import Attempt
from media_pipeline.errors import PackageError, RefusedError, StorageError
from media_pipeline.jobs import lease
from media_pipeline.models import Asset, Build, Package
from media_pipeline.plans import Plan, StalePlanError
from media_pipeline.probe import Limits, probe
from media_pipeline.states import State
from media_pipeline.work import Progress, Seconds, Work

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job
    from media_pipeline.package import Manifest

QUEUE = "transcode"


class Priority(IntEnum):
    """The lowest rung of every clip comes before the high rungs of any; and what takes
    long lets pass what does not."""

    FIRST = 30
    FIRST_OF_LONG = 20
    REST = 10
    REST_OF_LONG = 0
    AGAIN = -10  # it plays meanwhile


@transaction.atomic
def receive(staged_as: str, file_name: str, size: int) -> Asset:
    """The file `STAGING_DIR/staged_as` is whole; `file_name` is for people only.

    An empty file is refused here: no worker need look at it.
    """
    asset = Asset.objects.create(
        staged_as=staged_as,
        file_name=unicodedata.normalize("NFC", file_name),
        size=size,
    )
    if size == 0:
        states.move(asset, State.REFUSED, reason="empty")
        transaction.on_commit(partial(_forget_staged, asset))
        return asset
    _request(asset, Priority.FIRST)
    return asset


@transaction.atomic
def retry(asset: Asset) -> bool:
    """Once more after we failed, with what was finished of it; False when there is nothing
    to retry."""
    if not asset.has_failed:
        return False
    if not states.move(asset, State.RECEIVED, reason="", detail=""):
        return False
    _request(asset, Priority.FIRST)
    return True


@transaction.atomic
def release(asset: Asset) -> bool:
    """What was withheld is made anew from its original, at addresses nobody knows yet."""
    if asset.state != State.WITHHELD or not states.move(asset, State.RECEIVED):
        return False
    _request(asset, Priority.FIRST)
    return True


@transaction.atomic
def reencode(asset: Asset) -> bool:
    """A new package from the kept original, as the engine would make it today; False when
    it is not a moment for it.

    The clip plays on, whole: its row switches when the new package is, and stays with the
    old one when that does not come to be. Then `detail` says why.
    """
    if not asset.may_be_reencoded:
        return False
    if not states.move(asset, State.ENCODING, reason="", detail=""):
        return False
    for build in asset.builds.filter(ended_at=None):
        builds.end(build)
    builds.begin(asset, is_again=True)
    _request(asset, Priority.AGAIN)
    return True


def _request(asset: Asset, priority: Priority) -> None:
    jobs.request(
        asset.job_key,
        kind="package",
        spec={"asset": asset.pk},
        queue=QUEUE,
        priority=priority,
    )


# --- the job ------------------------------------------------------------------------


def package(job: Job) -> None:
    """The handler of `package` jobs."""
    with attempts.of(job) as attempt:
        if attempt is not None:
            _make_next(attempt)


def _make_next(attempt: Attempt) -> None:
    """One phase; or, of a long clip, first its parts."""
    build = open_build(attempt)
    work = attempt.begin(partial(_report, attempt.job))
    plan = examine(attempt, build, work)
    if plan.spans and division.ask(attempt, build, plan, _priority_of(build, plan)):
        return
    plan, manifest = make(attempt, build, plan, work)
    with attempt.step("publish" if manifest.is_whole else "publish first"):
        _publish(attempt, build, plan, manifest)


def gave_up(job: Job, error: Exception) -> None:
    """No further try: the file is refused, or we have failed."""
    asset = Asset.objects.filter(pk=job.spec["asset"]).first()
    if asset is None or asset.is_over:
        return
    build = asset.builds.filter(ended_at=None).first()
    is_refused = isinstance(error, RefusedError) and not asset.is_whole
    # What we failed at is kept for another try, unless that would end in the same way.
    if build and (is_refused or asset.is_whole or isinstance(error, PackageError)):
        builds.end(build)
    if isinstance(error, RefusedError) and is_refused:
        _refuse(asset, error)
        return
    # What was encoded again keeps the package that it has, and that still plays.
    to = State.PLAYABLE if asset.is_whole else State.FAILED
    states.move(asset, to, reason=failures.code_of(error), detail=job.error)


def _refuse(asset: Asset, error: RefusedError) -> None:
    """Nothing public stays; the original, no row's any more, goes with the next sweep."""
    states.move(
        asset,
        State.REFUSED,
        reason=error.reason,
        detail=error.detail,
        original_key="",
        package=None,
    )
    for prefix in asset.packages.values_list("prefix", flat=True):
        transaction.on_commit(partial(storage.delete_prefix, prefix))
    asset.packages.all().delete()


def _priority_of(build: Build, plan: Plan) -> Priority:
    """Of what is made next."""
    if build.is_again:
        return Priority.AGAIN
    if build.phase == 0:
        return Priority.FIRST_OF_LONG if plan.spans else Priority.FIRST
    return Priority.REST_OF_LONG if plan.spans else Priority.REST


# --- the steps ------------------------------------------------------------------------


def open_build(attempt: Attempt) -> Build:
    found: list[Build] = []
    attempt.write(lambda: found.append(builds.open_of(attempt.asset)))
    return found[-1]


def hold(attempt: Attempt) -> None:
    """The uploaded file is at hand, and storage has it for good."""
    asset = attempt.asset
    with attempt.step("hold"):
        if not asset.original_key:
            _keep_original(attempt)
        _forget_staged(asset)
        attempt.fetch_original()


def _keep_original(attempt: Attempt) -> None:
    asset = attempt.asset
    staged = Path(settings.STAGING_DIR) / asset.staged_as
    if not staged.is_file():
        raise StorageError(f"the staged file {asset.staged_as} is not there")
    with staged.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key = storage.original_key(asset.uuid)
    storage.put_original(staged, key)

    def write() -> None:
        asset.original_key, asset.sha256 = key, sha256
        asset.save(update_fields=["original_key", "sha256", "updated_at"])

    attempt.write(write)


def _forget_staged(asset: Asset) -> None:
    """Only now that the row knows where the original is."""
    if asset.staged_as:
        (Path(settings.STAGING_DIR) / asset.staged_as).unlink(missing_ok=True)
        asset.staged_as = ""
        asset.save(update_fields=["staged_as", "updated_at"])


def examine(attempt: Attempt, build: Build, work: Work) -> Plan:
    """What is going to be made. Refuse early, before anything dear begins."""
    try:
        plan = Plan.from_json(build.plan, attempt.original)
    except StalePlanError:
        plan = _planned(attempt, build, work)

    def write() -> None:
        if attempt.asset.state == State.RECEIVED:
            attempt.move(State.PROBED)
        if attempt.asset.state == State.PROBED:
            attempt.move(State.ENCODING)

    attempt.write(write)
    return plan


def _planned(attempt: Attempt, build: Build, work: Work) -> Plan:
    asset = attempt.asset
    hold(attempt)
    with attempt.step("probe") as work.session:
        source = probe(attempt.original, Limits.from_settings(), work.session)
        known = {"source": source.as_json(), "duration_ms": source.duration_ms}
        if asset.state == State.RECEIVED:
            attempt.write(partial(attempt.move, State.PROBED, **known))
        plan = transcode.planned(work, source, early=not build.is_again)
    if source.duration_s > settings.LONG_CLIP_SECONDS:
        plan = plans.in_pieces(plan, settings.PIECE_SECONDS)
    work.before += Seconds(0, work.session.cpu_s)

    def write() -> None:
        if build.plan:  # of another release
            builds.start_over(build)
        _keep_plan(build, plan)

    attempt.write(write)
    return plan


def _keep_plan(build: Build, plan: Plan) -> None:
    build.plan = plan.as_json()
    build.save(update_fields=["plan"])


def make(
    attempt: Attempt, build: Build, plan: Plan, work: Work
) -> tuple[Plan, Manifest]:
    """The next phase, beside what there is already; the plan for what is left."""
    with attempt.step("encode") as work.session:
        if build.first is not None:
            storage.fetch_tree(build.first.prefix, work.out_dir)
            transcode.resume(work, plan, build.first.manifest)
        if plan.ladder.copied or not plan.spans:
            attempt.fetch_original()
        if plan.spans:
            division.gather(attempt, build, plan, work)
        else:
            transcode.encode(work, plan, build.phase)
        if build.phase == 0:
            plan = transcode.settled(work, plan)
        return plan, _manifest(build, plan, work)


def _manifest(build: Build, plan: Plan, work: Work) -> Manifest:
    if build.phase == 0:
        work.first_playable_s = (timezone.now() - build.created_at).total_seconds()
    if build.phase < len(plan.phases) - 1:
        listed = {playlists.MASTER, *work.tracks}
        folder.keep_only(work.out_dir, listed)
        return transcode.manifest_of(work, plan)
    if plan.spans:
        pieces.draw_stills(work, plan)
    return transcode.finish(work, plan)


def _report(job: Job, progress: Progress) -> None:
    lease.report(job, progress.fraction, progress.seconds_left)


def _publish(attempt: Attempt, build: Build, plan: Plan, manifest: Manifest) -> None:
    """Write a whole new version, then let one row switch to it.

    The files of the version before stay where they are: somebody may be watching.
    """
    prefix = storage.fresh_prefix(attempt.asset.uuid)
    try:
        size = storage.put_tree(attempt.folder / "package", prefix)
    except (StorageError, OSError):
        storage.delete_prefix(prefix)  # a full disk needs the room now
        raise
    described: dict[str, Any] = manifest.as_json()
    del described["commands"]  # the step's record has them

    def switch() -> None:
        fresh, _ = Package.objects.get_or_create(
            prefix=prefix,
            defaults={
                "asset": attempt.asset,
                "manifest": described,
                "bytes": size,
                "is_whole": manifest.is_whole,
            },
        )
        if manifest.is_whole:
            _switch_for_good(attempt, build, fresh)
        else:
            _switch_for_now(attempt, build, plan, fresh)

    try:
        attempt.write(switch)
    except lease.LostError:  # its successor makes another
        if not Package.objects.filter(prefix=prefix).exists():
            storage.delete_prefix(prefix)
        raise


def _switch_for_good(attempt: Attempt, build: Build, fresh: Package) -> None:
    attempt.move(State.PLAYABLE, package=fresh)
    builds.end(build)


def _switch_for_now(attempt: Attempt, build: Build, plan: Plan, fresh: Package) -> None:
    """The other rungs are made by the job's next run, when their turn comes."""
    if not build.is_again:
        attempt.move(State.WATCHABLE, package=fresh)
    builds.forget_parts(build, build.phase)
    build.first = fresh
    build.save(update_fields=["first"])
    _keep_plan(build, plan)
    _request(attempt.asset, _priority_of(build, plan))
