"""Where the log of acts meets Wagtail's admin: its address, and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library.audit import entries

WAGTAILS_OWN = "site-history"  # tells neither before nor after


@hooks.register("register_admin_urls")
def log_addresses() -> list[URLResolver]:
    return [path("log/", include("library.audit.admin_urls"))]


class LogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return entries.reads(request.user)


@hooks.register("register_reports_menu_item")
def log_menu_item() -> MenuItem:
    return LogMenuItem(
        _("Log of acts"),
        reverse("audit:report"),
        name="log",
        icon_name="history",
        order=1000,
    )


@hooks.register("construct_reports_menu")
def leave_out_wagtails_own(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != WAGTAILS_OWN]
