"""The Django app of `media_pipeline`: says who does its kinds of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    label = "media_pipeline"
    verbose_name = "Media pipeline"

    def ready(self) -> None:
        from media_pipeline import division, jobs, signals, steps, withholding

        jobs.register("asset_moved", signals.announce)
        jobs.register("package", steps.package, gave_up=steps.gave_up)
        jobs.register(division.KIND, division.do_part)
        jobs.register(withholding.KIND, withholding.close)
