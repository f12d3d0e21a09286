"""The Django app of `library.encoding`."""

from __future__ import annotations

from django.apps import AppConfig


class EncodingConfig(AppConfig):
    name = "library.encoding"
    label = "encoding"
    verbose_name = "Encoding"
