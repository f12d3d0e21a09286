"""The engine's one signal, and how it is delivered: at least once, after the commit."""

from __future__ import annotations

from django.dispatch import Signal

from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset

# Arguments: asset. Receivers look at the state it has now, which may be later than the
# one it moved to, and bear being told twice.
asset_moved = Signal()


def announce(job: Job) -> None:
    """The handler of `asset_moved` jobs; a receiver's failure has it tried again."""
    asset = Asset.objects.filter(pk=job.spec["asset"]).first()
    if asset is None:
        return
    answers = asset_moved.send_robust(sender=Asset, asset=asset)
    for _receiver, answer in answers:  # one failing does not keep it from the others
        if isinstance(answer, Exception):
            raise answer
