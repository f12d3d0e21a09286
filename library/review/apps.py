"""The Django app of `library.review`."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "library.review"
    label = "review"
    verbose_name = "Review"
