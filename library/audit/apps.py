"""The Django app of `library.audit`."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "library.audit"
    label = "audit"
    verbose_name = "Audit"
