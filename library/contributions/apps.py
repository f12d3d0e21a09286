"""The Django app of `library.contributions`."""

from __future__ import annotations

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "library.contributions"
    label = "contributions"
    verbose_name = "Contributions"
