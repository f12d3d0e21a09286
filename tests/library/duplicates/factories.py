"""Clips whose files are known to be the same, or not."""

from __future__ import annotations

import random
from typing import Any

from django.contrib.auth.models import User

from library.clips.models import ClipPage
from library.duplicates import suspicions
from library.duplicates.models import Pair
from library.review import chain, setup
from library.units.models import UnitPage
from media_pipeline.likeness import pictures, prints, sounds
from media_pipeline.likeness.matching import Films
from media_pipeline.likeness.tracks import Track, track_of
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


def film(look: int, voice: int) -> Films:
    """Half a minute of pictures and sound that no other seed has."""

    def track(seed: int, width: int, length: int) -> Track:
        chance = random.Random(seed)
        rows = [(chance.getrandbits(width), 2**width - 1) for _ in range(length)]
        return track_of(rows, width)

    words = random.Random(voice).sample(range(2**30), 60)
    return Films(
        track(look, pictures.WIDTH, 30),
        track(voice, sounds.WIDTH, 234),
        frozenset(words),
    )


def alike(one: ClipPage, other: ClipPage) -> Pair:
    """The two have the same fingerprint, and somebody has looked."""
    for clip in (one, other):
        assert clip.asset is not None
        prints.keep(clip.asset, film(1, 1))
    suspicions.look(other)
    return Pair.objects.get()
