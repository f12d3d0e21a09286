"""How Wagtail's admin treats units: what it lists, lets be moved and lets be managed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from library.units import bulk_actions, member_log
from library.units.models import UnitPage
from library.units.policy import namable
from library.units.views import manages_somebody
from library.units.viewsets import UnitKindViewSet

AFTER_WAGTAIL = 100  # of two bulk actions of one name the later one counts


@hooks.register("construct_page_chooser_queryset")
def list_known_pages_only(
    pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    return pages.filter(pk__in=namable(request.user).values("pk"))


@hooks.register("construct_reports_menu")
def leave_out_reports_of_all_units(
    request: HttpRequest, menu_items: list[MenuItem]
) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [i for i in menu_items if i.name != "page-types-usage"]


@hooks.register("before_move_page")
def refuse_to_confirm_what_may_not_be_done(
    request: HttpRequest, page: Page, destination: Page
) -> None:
    """Wagtail checks only when the answer comes: its question names the page."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_delete_page")
def keep_a_unit_that_others_refer_to(
    request: HttpRequest, page: Page
) -> HttpResponse | None:
    unit = page.specific
    if isinstance(unit, UnitPage) and unit.is_in_use():
        messages.error(
            request,
            _(
                "“%(unit)s” has pages, people or a history of its own and cannot be "
                "deleted."
            )
            % {"unit": unit.title},
        )
        return redirect("wagtailadmin_explore", unit.pk)
    return None


@hooks.register("construct_page_action_menu")
def publish_a_unit_by_default(
    items: list[ActionMenuItem], _request: HttpRequest, context: Mapping[str, Any]
) -> None:
    """Its draft is seen by nobody: whoever mends a name means the name itself."""
    if context["view"] == "create" or isinstance(context["page"], UnitPage):
        items.sort(key=lambda item: item.name != "action-publish")


for _action in bulk_actions.ALL:
    hooks.register("register_bulk_action", _action, order=AFTER_WAGTAIL)


@hooks.register("register_admin_viewset")
def unit_kinds() -> ModelViewSet:
    return UnitKindViewSet()


class MembersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return manages_somebody(request)


@hooks.register("register_admin_menu_item")
def members_menu_item() -> MenuItem:
    return MembersMenuItem(
        gettext_lazy("People and roles"),
        reverse("unit_members:index"),
        name="unit-members",
        icon_name="group",
        order=700,
    )


@hooks.register("register_admin_urls")
def member_urls() -> list[URLPattern | URLResolver]:
    return [path("unit-members/", include("library.units.member_urls"))]


@hooks.register("register_log_actions")
def roles_in_the_log(actions: LogActionRegistry) -> None:
    member_log.register(actions, member_log.ACTS)
