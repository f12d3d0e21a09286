"""Taking all of a video from the public while its original is kept, out of reach.

The row is first: from its commit on no page names an address of it. The files go right
after, and once more by a job that commits with the row, so that neither a process that is
killed in between nor a storage that is away leaves them readable for good.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from media_pipeline import builds, jobs, states, storage
from media_pipeline.models import Asset
from media_pipeline.states import State

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job

KIND = "withhold"
# As far as a row can count: a storage that is away for months changes nothing.
WITHOUT_END = 32_767


@transaction.atomic
def withhold(asset: Asset) -> bool:
    """Whatever the engine is at; False where nothing of it was, or could become, public.

    With the job's row a worker loses its lease, as in `discard()`: it can publish nothing.
    """
    jobs.cancel(asset.job_key)
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if asset.is_withheld or asset.is_refused:
        return False
    for build in asset.builds.filter(ended_at=None):
        builds.end(build)
    states.move(asset, State.WITHHELD, package=None, reason="", detail="")
    asset.packages.all().delete()
    number = asset.uuid
    spec = {"asset": str(number)}
    jobs.request(f"asset/{asset.pk}/withhold", KIND, spec, max_attempts=WITHOUT_END)
    transaction.on_commit(lambda: _close(number), robust=True)
    return True


def close(job: Job) -> None:
    """What a `withhold` job does."""
    _close(uuid.UUID(job.spec["asset"]))


def _close(number: uuid.UUID) -> None:
    """Listed first, then asked whether it is withheld still: what was made of it after its
    release is not in the list."""
    versions = storage.versions_of(number)
    asset = Asset.objects.filter(uuid=number).first()
    if asset is not None and asset.is_withheld:
        for prefix in versions:
            storage.delete_prefix(prefix)
