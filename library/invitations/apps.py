"""The Django app of `library.invitations`."""

from __future__ import annotations

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "library.invitations"
    label = "invitations"
    verbose_name = "Invitations"

    def ready(self) -> None:
        from library.invitations import mails
        from media_pipeline import jobs

        jobs.register(mails.KIND, mails.send)
