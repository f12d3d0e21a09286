"""The Django app of `library.viewing`."""

from __future__ import annotations

from django.apps import AppConfig


class ViewingConfig(AppConfig):
    name = "library.viewing"
    label = "viewing"
    verbose_name = "Views"
