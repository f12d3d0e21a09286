"""Where reorganising meets Wagtail's admin: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from library.reorganising import acts
from library.reorganising.views import reorganises


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("reorganising/", include("library.reorganising.admin_urls"))]


class ReorganisingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reorganises(request)


@hooks.register("register_log_actions")
def acts_in_the_log(actions: LogActionRegistry) -> None:
    said = {
        acts.APPLY: (_("Reorganise"), _("Applied the reorganisation")),
        acts.WAIT: (_("Set for a day"), _("Set the reorganisation for its day")),
        acts.UNDO: (_("Undo"), _("Undid the reorganisation")),
        acts.RECALL: (_("Recall"), _("Made the reorganisation a draft again")),
        acts.REFUSE: (
            _("Refuse"),
            _("The reorganisation could not be done on its day"),
        ),
        acts.UNIT: (_("Reorganise"), _("Reorganised the unit")),
    }
    for action, (label, message) in said.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ReorganisingMenuItem(
        _("Reorganise units"),
        reverse("reorganising:index"),
        name="reorganising",
        icon_name="order",
        order=710,
    )
