"""Clips whose videos wait, run, failed, were refused or play, without ffmpeg."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from library.clips import drafts
from library.clips.models import ClipPage
from library.units.models import UnitPage
from media_pipeline import jobs, steps
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.library.clips import factories

RUNNING: dict[str, Any] = {
    "state": Job.State.RUNNING,
    "attempt": 1,
    "worker": "may-1|boot|pid:[1]|4711|99",
}


def clip(
    unit: UnitPage, owner: User, state: State, title: str = "Bài 1", **fields: Any
) -> ClipPage:
    made = factories.draft(unit, owner, f"{title}.mp4")
    playable = state == State.PLAYABLE
    original = {"original_key": "originals/1"} if playable else {}
    asset = factories.asset(playable=playable, **{"state": state, **original, **fields})
    drafts.attach(made, asset)
    return ClipPage.objects.get(pk=made.pk)


def queued(unit: UnitPage, owner: User, title: str = "Bài 1", **job: Any) -> ClipPage:
    made = clip(unit, owner, State.RECEIVED, title)
    ask(made, **job)
    return made


def running(unit: UnitPage, owner: User, title: str = "Bài 1", **job: Any) -> ClipPage:
    made = clip(unit, owner, State.ENCODING, title)
    ask(made, **{**RUNNING, **job})
    return made


def failed(
    unit: UnitPage, owner: User, title: str = "Bài 1", reason: str = "tool", **more: Any
) -> ClipPage:
    return clip(unit, owner, State.FAILED, title, reason=reason, **more)


def ask(made: ClipPage, **fields: Any) -> Job:
    """The engine's job for its video, queued or as `fields` say."""
    asset = asset_of(made)
    job = jobs.request(asset.job_key, "package", {"asset": asset.pk}, steps.QUEUE)
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


def asset_of(made: ClipPage) -> Asset:
    """As it stands in the database now."""
    return Asset.objects.get(clip=made)
