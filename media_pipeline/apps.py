"""The Django app of `media_pipeline`."""

from __future__ import annotations

from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    label = "media_pipeline"
    verbose_name = "Media pipeline"
