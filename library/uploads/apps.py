"""The Django app of `library.uploads`."""

from __future__ import annotations

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "library.uploads"
    label = "uploads"
    verbose_name = "Uploads"
