"""The Django app of `media_pipeline.jobs`."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "media_pipeline.jobs"
    label = "jobs"
    verbose_name = "Jobs"
