"""The Django app of `library.catalogue`."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "library.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"
