"""The Django app of `library.sought`."""

from __future__ import annotations

from django.apps import AppConfig


class SoughtConfig(AppConfig):
    name = "library.sought"
    label = "sought"
    verbose_name = "What is sought"

    def ready(self) -> None:
        from library.sought import tending

        tending.register()
