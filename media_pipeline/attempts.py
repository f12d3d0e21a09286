"""One try of a job on an asset: where it works, and the only way in which it may write."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from media_pipeline import discard, states, storage
from media_pipeline.jobs import lease, scratch
from media_pipeline.models import Asset, StepRun
from media_pipeline.session import Session
from media_pipeline.states import State
from media_pipeline.work import Progress, Work

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job


@dataclass(frozen=True)
class Attempt:
    asset: Asset
    job: Job
    folder: Path

    @property
    def original(self) -> Path:
        return self.folder / "original"

    def begin(self, on_progress: Callable[[Progress], None]) -> Work:
        """What is made lies in the folder `package`."""
        out_dir = self.folder / "package"
        out_dir.mkdir()
        return Work(out_dir, Session(), on_progress)

    def fetch_original(self) -> None:
        if not self.original.exists():
            storage.fetch_original(self.asset.original_key, self.original)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Session]:
        """Its record, and a session that ends with the lease. The commands are kept
        however the step ends."""
        session = Session(cancelled=partial(lease.is_lost, self.job))
        with StepRun.record(self.asset, name) as run:
            try:
                yield session
            finally:
                run.commands = [list(argv) for argv in session.commands]

    def write(self, write: Callable[[], object]) -> None:
        """`write()` in a transaction that commits only while the job is ours.

        It may be called twice: a database can vanish with the answer to a commit.
        """

        @transaction.atomic
        def attempt() -> None:
            lease.fence(self.job)
            self.asset.refresh_from_db()
            write()

        lease.patiently(attempt)

    def move(self, to: State, **fields: Any) -> None:
        """Within `write()`. Where it is already, only the fields are written."""
        asset = self.asset
        if asset.state == to:
            for name, value in fields.items():
                setattr(asset, name, value)
            asset.save(update_fields=[*fields, "updated_at"])
        elif not states.move(asset, to, **fields):
            raise lease.LostError(self.job.key)


@contextlib.contextmanager
def of(job: Job) -> Iterator[Attempt | None]:
    """None where there is nothing to do: the asset was discarded, before or meanwhile, or
    the engine is done with it."""
    asset = Asset.objects.filter(pk=job.spec["asset"]).first()
    if asset is None or asset.is_over:
        yield None
        return
    with discard.unless_discarded(asset), scratch.folder(job) as folder:
        yield Attempt(asset, job, folder)
