"""Where counting meets Wagtail's admin: the report's address and menu, the campaigns."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library.contributions import views
from library.contributions.viewsets import campaigns
from library.units.permissions import Right, paths_where

hooks.register("register_admin_viewset", lambda: campaigns)


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    return [path("reports/contributions/", views.report, name="contributions_report")]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.SEE_REPORTS))


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Contributions"),
        reverse("contributions_report"),
        name="contributions",
        icon_name="clipboard-list",
        order=10,
    )
