"""The Django app of `library.clips`."""

from __future__ import annotations

from django.apps import AppConfig


class ClipsConfig(AppConfig):
    name = "library.clips"
    label = "clips"
    verbose_name = "Clips"
