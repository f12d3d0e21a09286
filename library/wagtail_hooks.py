"""Wagtail's admin as a whole: its first page, and what of it this library has no use for."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.components import Component

from library.admin_home import Doors
from library.units.permissions import Right, paths_where

# Clips bring their own pictures; nothing here refers to Wagtail's.
UNUSED = frozenset({"images", "documents"})
HELP = frozenset({"keyboard-shortcuts-trigger"})  # the rest leads to Wagtail's makers


@hooks.register("insert_global_admin_css")
def narrow_screens_and_doors() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_main_menu")
def leave_out_what_is_unused(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in UNUSED]


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in HELP]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_pages_alone(_request: HttpRequest, items: list[SummaryItem]) -> None:
    items[:] = [item for item in items if isinstance(item, PagesSummaryItem)]


@hooks.register("construct_homepage_panels")
def show_the_way(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, Doors(request.user))


class MyClipsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.SUBMIT_CLIPS))


@hooks.register("register_admin_menu_item")
def my_clips_menu_item() -> MenuItem:
    return MyClipsMenuItem(
        _("My clips"),
        reverse("uploads:my_clips"),
        name="my-clips",
        icon_name="media",
        order=40,
    )
