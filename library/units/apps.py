"""The Django app of `library.units`."""

from __future__ import annotations

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "library.units"
    label = "units"
    verbose_name = "Units"

    def ready(self) -> None:
        from library.units import handlers, policy

        policy.register()
        handlers.connect()
