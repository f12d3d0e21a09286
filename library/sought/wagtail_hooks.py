"""Where the care of the search meets Wagtail's admin: addresses and one menu of its own."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from library.sought.tending import tends_search
from library.sought.viewsets import synonyms

BEFORE_WAGTAIL = -1  # of two addresses that are alike the first one answers
# Of Wagtail's own: one stands in our menu, the other lists hits that nobody counts.
ELSEWHERE = frozenset({"promoted-search-results", "search-terms"})

hooks.register("register_admin_viewset", lambda: synonyms)


@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL)
def search_addresses() -> list[URLResolver]:
    return [
        path("sought/", include("library.sought.admin_urls")),
        path("searchpicks/", include("library.sought.promotion_urls")),
    ]


class TendersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return tends_search(request.user)


@hooks.register("register_admin_menu_item")
def search_menu() -> MenuItem:
    doors = [
        TendersMenuItem(
            _("Sought in vain"), reverse("sought:report"), name="sought", order=10
        ),
        TendersMenuItem(
            _("Synonyms"), reverse("synonyms:index"), name="synonyms", order=20
        ),
        TendersMenuItem(
            _("Promoted results"),
            reverse("wagtailsearchpromotions:index"),
            name="promotions",
            order=30,
        ),
    ]
    return SubmenuMenuItem(
        _("Search words"),
        Menu(items=doors),
        name="tend-search",
        icon_name="search",
        order=650,
    )


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def leave_out_what_stands_elsewhere(
    request: HttpRequest, items: list[MenuItem]
) -> None:
    items[:] = [item for item in items if item.name not in ELSEWHERE]
