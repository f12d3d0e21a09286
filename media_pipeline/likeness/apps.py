"""The Django app of `media_pipeline.likeness`: says who does its kinds of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class LikenessConfig(AppConfig):
    name = "media_pipeline.likeness"
    label = "likeness"
    verbose_name = "Likeness of videos"

    def ready(self) -> None:
        from media_pipeline import jobs
        from media_pipeline.likeness import digests, prints

        jobs.register(digests.KIND, digests.take)
        jobs.register(prints.KIND, prints.make)
