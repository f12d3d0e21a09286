"""Clips as the rooms after the engine meet them: playable and complete, without ffmpeg."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from library.clips import drafts
from library.clips.models import ClipKind, ClipPage, Consent, Subject
from library.review import chain, setup
from library.units.models import UnitPage
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package
from media_pipeline.states import State

MANIFEST: dict[str, Any] = {
    "master": "master.m3u8",
    "renditions": [
        {
            "name": "360p",
            "width": 640,
            "height": 360,
            "fps": 25,
            "bytes": 900_000,
            "peak_kbps": 420,
            "average_kbps": 300,
            "playlist": "360p/index.m3u8",
        }
    ],
    "audio": {"bytes": 90_000, "average_kbps": 48, "playlist": "audio/index.m3u8"},
    "download": {"file": "clip.mp4", "bytes": 1_000_000},
    "poster": "poster.jpg",
    "storyboard": "storyboard.vtt",
}


def playable_asset(name: str = "bai-giang.mp4", duration_ms: int = 24_000) -> Asset:
    asset = Asset.objects.create(
        state=State.PLAYABLE, file_name=name, size=1_200_000, duration_ms=duration_ms
    )
    asset.package = Package.objects.create(
        asset=asset,
        prefix=f"packages/{asset.uuid}/1",
        manifest=MANIFEST,
        bytes=1_990_000,
        is_whole=True,
    )
    asset.save(update_fields=["package"])
    return asset


def playable_clip(
    unit: UnitPage, owner: User, title: str = "Phương trình bậc hai", **details: Any
) -> ClipPage:
    """A complete draft: nothing but the review keeps it from going live."""
    kind, _ = ClipKind.objects.get_or_create(
        code="lecture", defaults={"name": "Lecture"}
    )
    subject, _ = Subject.objects.get_or_create(code="toan", defaults={"name": "Toán"})
    clip = drafts.create(unit=unit, owner=owner, file_name="bai-giang.mp4")
    drafts.attach(clip, playable_asset())
    complete = {
        "title": title,
        "kind": kind,
        "subject": subject,
        "licence": "CC-BY-4.0",
        "consent": Consent.NO_MINORS,
        **details,
    }
    drafts.save_details(clip, owner, complete)
    made: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return made


def published_clip(
    unit: UnitPage,
    owner: User,
    by: User,
    title: str = "Phương trình bậc hai",
    **details: Any,
) -> ClipPage:
    """Live by the end of a real review, in which `by` (a superuser) said yes."""
    setup.ensure_workflow()
    clip = playable_clip(unit, owner, title, **details)
    chain.submit(clip, owner)
    chain.approve_at_every_step(clip, by)
    clip.refresh_from_db()
    return clip


def only_watchable(clip: ClipPage, **job: Any) -> Asset:
    """Its first rung plays; a worker is at the others."""
    assert clip.asset is not None
    Package.objects.filter(asset=clip.asset).update(is_whole=False)
    Asset.objects.filter(pk=clip.asset.pk).update(state=State.WATCHABLE)
    now = timezone.now()
    running = {"state": Job.State.RUNNING, "progress": 0.4, "seconds_left": 130, **job}
    Job.objects.create(
        key=clip.asset.job_key, kind="package", run_after=now, hint_at=now, **running
    )
    return Asset.objects.get(pk=clip.asset.pk)


def whole(asset: Asset) -> None:
    """The worker is done with it."""
    Package.objects.filter(asset=asset).update(is_whole=True)
    Asset.objects.filter(pk=asset.pk).update(state=State.PLAYABLE)
    Job.objects.filter(key=asset.job_key).update(state=Job.State.DONE)
