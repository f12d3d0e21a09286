"""Clips whose files are known to be the same, or not."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.review import chain, setup
from library.units.models import UnitPage
from media_pipeline.models import Asset
from tests.factories import playable_clip

SHA = "5a" * 32
OTHER_SHA = "c3" * 32


def draft_of(
    unit: UnitPage, owner: User, title: str = "Bài giảng", sha256: str = SHA, **of: Any
) -> ClipPage:
    clip = playable_clip(unit, owner, title)
    Asset.objects.filter(pk=clip.asset_id).update(sha256=sha256, **of)
    made: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return made


def published(clip: ClipPage, by: User) -> ClipPage:
    setup.ensure_workflow()
    chain.submit(clip, clip.owner)
    chain.approve_at_every_step(clip, by)
    made: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return made
