"""The Django app of `library.consent`."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "library.consent"
    label = "consent"
    verbose_name = "Consent"

    def ready(self) -> None:
        from library.consent import answering
        from media_pipeline import jobs

        jobs.register(answering.KIND, answering.send)
