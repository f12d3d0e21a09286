"""Where duplicates meet Wagtail's admin: addresses and log."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from library.duplicates.deciding import RULE


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    return [path("duplicates/", include("library.duplicates.admin_urls"))]


@hooks.register("register_log_actions")
def decisions_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        RULE, _("Decide about a pair"), _("Decided about two clips that are alike")
    )
