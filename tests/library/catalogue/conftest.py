"""A clip that really plays, for the pages that show it in a real browser."""

from __future__ import annotations

import pytest

from library.clips import captions, drafts
from library.clips.models import ClipPage
from media_pipeline import storage
from media_pipeline.models import Asset, Package
from media_pipeline.states import State
from tests import packages
from tests.cast import Cast
from tests.library.clips import factories

WORDS = b"""WEBVTT

00:00:00.000 --> 00:00:02.000
Hom nay ta hoc ve duong tron

00:00:04.000 --> 00:00:08.000
Day la tiep tuyen
"""


@pytest.fixture
def playing_clip(cast: Cast) -> ClipPage:
    """Live, with captions, and really playable."""
    made = packages.made("long slides")
    manifest = made.manifest
    asset = Asset.objects.create(
        file_name="bài 1.mp4",
        state=State.PLAYABLE,
        duration_ms=round(float(str(manifest.source["duration_s"])) * 1000),
    )
    prefix = storage.fresh_prefix(asset.uuid)
    size = storage.put_tree(made.out, prefix)
    asset.package = Package.objects.create(
        asset=asset,
        prefix=prefix,
        manifest=manifest.as_json(),
        bytes=size,
        is_whole=True,
    )
    asset.save()
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.attach(clip, asset)
    drafts.save_details(clip, cast.lan, factories.details(title="Đường tròn"))
    clip = captions.take(clip, cast.lan, "vi", WORDS)
    factories.approve(clip)
    clip.get_latest_revision().publish()
    live: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return live
