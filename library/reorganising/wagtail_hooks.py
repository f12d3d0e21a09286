"""Where reorganising meets Wagtail's admin: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library.reorganising.views import reorganises


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("reorganising/", include("library.reorganising.admin_urls"))]


class ReorganisingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reorganises(request)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ReorganisingMenuItem(
        _("Reorganise units"),
        reverse("reorganising:index"),
        name="reorganising",
        icon_name="arrows-up-down",
        order=710,
    )
