"""Work that is divided: parts that anybody may do, then the whole once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from media_pipeline.jobs import hints
from media_pipeline.jobs.asking import queue_anew
from media_pipeline.jobs.models import Job


@dataclass(frozen=True)
class Part:
    """One job of a larger one. `spec` is what its handler gets."""

    key: str
    kind: str
    spec: dict[str, Any]


@transaction.atomic
def divide(whole: Job, parts: Sequence[Part], priority: int = 0) -> None:
    """Have `parts` done by whoever is free; then the job `whole` runs once more.

    Called by its handler, in a transaction that holds its row, and the handler ends
    afterwards. What is done of them stays done, with its `result`; what had failed gets
    new tries. When one of them fails for good so does `whole`, and the others are no
    longer wanted.
    """
    fresh = [_fresh(whole, part, priority) for part in parts]
    Job.objects.bulk_create(fresh, ignore_conflicts=True)
    # Gathering what is done goes before beginning anything else that is as urgent.
    Job.objects.filter(pk=whole.pk).update(priority=priority + 1)
    rows = whole.parts.filter(key__in=[part.key for part in parts])
    for job in rows.filter(state=Job.State.FAILED):
        queue_anew(job, {"priority": priority})
    for _ in range(rows.filter(state=Job.State.QUEUED).count()):
        hints.send(whole.queue)


def _fresh(whole: Job, part: Part, priority: int) -> Job:
    now: Any = Now()
    return Job(
        key=part.key,
        kind=part.kind,
        spec=part.spec,
        parent=whole,
        queue=whole.queue,
        priority=priority,
        run_after=now,
        hint_at=now + hints.gap(1),
        hints=1,
    )
