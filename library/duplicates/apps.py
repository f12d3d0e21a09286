"""The Django app of `library.duplicates`."""

from __future__ import annotations

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "library.duplicates"
    label = "duplicates"
    verbose_name = "Duplicates"
