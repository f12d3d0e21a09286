"""The engine's way of an asset: received → probed → encoding → watchable → playable.

One job walks it. Each step bears being run again from the start: what it needs is in
the row, what it makes gets a key of its own, and a row publishes it at the very end.
"""

from __future__ import annotations

import contextlib
import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from media_pipeline import discard, failures, jobs, states, storage
from media_pipeline.errors import RefusedError, StorageError
from media_pipeline.jobs import lease, scratch
from media_pipeline.models import Asset, Package, StepRun
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.states import State
from media_pipeline.transcode import Progress, transcode

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job
    from media_pipeline.package import Manifest

QUEUE = "transcode"


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
    _request(asset)
    return asset


@transaction.atomic
def retry(asset: Asset) -> bool:
    """Once more from the start after we failed; False when there is nothing to retry."""
    if not asset.has_failed:
        return False
    if not states.move(asset, State.RECEIVED, reason="", detail=""):
        return False
    _request(asset)
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
    _request(asset)
    return True


def _request(asset: Asset) -> None:
    jobs.request(asset.job_key, kind="package", spec={"asset": asset.pk}, queue=QUEUE)


# --- the job ------------------------------------------------------------------------


def package(job: Job) -> None:
    """The handler of `package` jobs."""
    with contextlib.suppress(Asset.DoesNotExist):  # deleted before, or meanwhile
        asset = Asset.objects.get(pk=job.spec["asset"])
        if not asset.is_over:
            with discard.unless_discarded(asset), scratch.folder(job) as folder:
                original = folder / "original"
                hold(asset, original, job)
                examine(asset, original, job)
                encode(asset, original, folder / "package", job)


def gave_up(job: Job, error: Exception) -> None:
    """No further try: the file is refused, or we have failed."""
    asset = Asset.objects.filter(pk=job.spec["asset"]).first()
    if asset is None or asset.is_over:
        return
    if isinstance(error, RefusedError) and not asset.is_whole:
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


# --- the steps ------------------------------------------------------------------------


@contextlib.contextmanager
def _recorded(asset: Asset, step: str, job: Job) -> Iterator[Session]:
    """A session that ends with the lease; its commands are kept however the step ends."""
    session = Session(cancelled=partial(lease.is_lost, job))
    with StepRun.record(asset, step) as run:
        try:
            yield session
        finally:
            run.commands = [list(argv) for argv in session.commands]


def hold(asset: Asset, original: Path, job: Job) -> None:
    """`original` is the uploaded file, and storage has it for good."""
    with StepRun.record(asset, "hold"):
        if not asset.original_key:
            _keep_original(asset, job)
        _forget_staged(asset)
        storage.fetch_original(asset.original_key, original)


def _keep_original(asset: Asset, job: Job) -> None:
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

    _fenced(asset, job, write)


def _forget_staged(asset: Asset) -> None:
    """Only now that the row knows where the original is."""
    if asset.staged_as:
        (Path(settings.STAGING_DIR) / asset.staged_as).unlink(missing_ok=True)
        asset.staged_as = ""
        asset.save(update_fields=["staged_as", "updated_at"])


def examine(asset: Asset, original: Path, job: Job) -> None:
    """Refuse early, before anything dear begins."""
    if asset.state != State.RECEIVED:
        return
    with _recorded(asset, "probe", job) as session:
        source = probe(original, Limits.from_settings(), session)
    _advance(
        asset,
        State.PROBED,
        job,
        source=source.as_json(),
        duration_ms=source.duration_ms,
    )


def encode(asset: Asset, original: Path, folder: Path, job: Job) -> None:
    """A package of the first rung as soon as there is one, then of all."""
    if asset.state == State.PROBED:
        _advance(asset, State.ENCODING, job)
    with _recorded(asset, "encode", job) as session:
        manifest = transcode(
            original,
            folder,
            on_progress=lambda progress: _report(job, progress),
            on_first_playable=lambda first: _publish_first(asset, folder, first, job),
            session=session,
        )
    with StepRun.record(asset, "publish"):
        _publish(asset, State.PLAYABLE, folder, manifest, job)


def _report(job: Job, progress: Progress) -> None:
    lease.report(job, progress.fraction, progress.seconds_left)


def _publish_first(asset: Asset, folder: Path, manifest: Manifest, job: Job) -> None:
    """Unless an earlier try did."""
    if asset.package_id is None:
        with StepRun.record(asset, "publish first"):
            _publish(asset, State.WATCHABLE, folder, manifest, job)


def _publish(
    asset: Asset, to: State, folder: Path, manifest: Manifest, job: Job
) -> None:
    """Write a whole new version, then let one row switch to it.

    The files of the version before stay where they are: somebody may be watching.
    """
    prefix = storage.fresh_prefix(asset.uuid)
    size = storage.put_tree(folder, prefix)
    described: dict[str, Any] = manifest.as_json()
    del described["commands"]  # the step's record has them

    def switch() -> None:
        fresh, _ = Package.objects.get_or_create(
            prefix=prefix,
            defaults={
                "asset": asset,
                "manifest": described,
                "bytes": size,
                "is_whole": to == State.PLAYABLE,
            },
        )
        _move(asset, to, package=fresh)

    _fenced(asset, job, switch)


# --- writing what a try has found out ---------------------------------------------------


def _advance(asset: Asset, to: State, job: Job, **fields: Any) -> None:
    _fenced(asset, job, partial(_move, asset, to, **fields))


def _move(asset: Asset, to: State, **fields: Any) -> None:
    if asset.state != to and not states.move(asset, to, **fields):
        raise lease.LostError(asset.job_key)


def _fenced(asset: Asset, job: Job, write: Callable[[], object]) -> None:
    """`write()` in a transaction that commits only while the job is ours.

    It may be called twice: a database can vanish with the answer to a commit.
    """

    @transaction.atomic
    def attempt() -> None:
        lease.fence(job)
        asset.refresh_from_db()
        write()

    lease.patiently(attempt)
