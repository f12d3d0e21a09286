"""Receivers: each turns what Wagtail or an engine says into one call of the journey."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from library import health, indexing, journey
from library.clips.models import ClipPage
from media_pipeline import jobs
from media_pipeline.models import Asset
from media_pipeline.signals import asset_moved


def clip_published(instance: ClipPage, **kwargs: Any) -> None:
    journey.published(instance)


def clip_unpublished(instance: ClipPage, **kwargs: Any) -> None:
    journey.withdrawn(instance)


def clip_deleted(instance: ClipPage, **kwargs: Any) -> None:
    journey.deleted(instance)


def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    journey.opened_or_closed(instance.page_id)


def engine_moved_asset(asset: Asset, **kwargs: Any) -> None:
    journey.asset_moved(asset)


def connect() -> None:
    """Called once, by the app's `ready()`."""
    page_published.connect(clip_published, sender=ClipPage, dispatch_uid="journey")
    page_unpublished.connect(clip_unpublished, sender=ClipPage, dispatch_uid="journey")
    post_delete.connect(clip_deleted, sender=ClipPage, dispatch_uid="journey")
    for changed in (post_save, post_delete):
        changed.connect(
            privacy_changed, sender=PageViewRestriction, dispatch_uid="journey"
        )
    asset_moved.connect(engine_moved_asset, dispatch_uid="journey")
    jobs.register("index", indexing.write)
    jobs.register("index_below", indexing.find_below)
    jobs.register("build_index", indexing.build)
    jobs.register("doctor", health.do_nothing)
