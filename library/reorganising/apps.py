"""The Django app of `library.reorganising`."""

from __future__ import annotations

from django.apps import AppConfig


class ReorganisingConfig(AppConfig):
    default = True
    name = "library.reorganising"
    label = "reorganising"
    verbose_name = "Reorganising"
