"""The Django app of the project itself: commands, and the journey's receivers."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        from library import handlers

        handlers.connect()
