"""Where counting meets Wagtail's admin: the report's address and menu, the campaigns."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from library.clips.models import ClipPage
from library.contributions import (
    campaign_views,
    crews,
    delegating,
    delegation_views,
    exports,
    freezing,
    freezing_views,
    partner_views,
    views,
)
from library.contributions.viewsets import campaigns
from library.units.permissions import Right, may, paths_where

hooks.register("register_admin_viewset", lambda: campaigns)


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    return [
        path("reports/contributions/", views.report, name="contributions_report"),
        path(
            "reports/contributions/overview/",
            views.overview,
            name="contributions_overview",
        ),
        path(
            "reports/contributions/together/<int:clip_id>/",
            partner_views.partners,
            name="contributions_partners",
        ),
        path(
            "reports/contributions/ledger/", views.ledger, name="contributions_ledger"
        ),
        path(
            "reports/contributions/targets/",
            delegation_views.index,
            name="contributions_targets",
        ),
        path(
            "reports/contributions/targets/<int:page_id>/",
            delegation_views.targets,
            name="contributions_targets_of",
        ),
        path(
            "reports/contributions/months/<int:page_id>/",
            freezing_views.months,
            name="contributions_months",
        ),
        path(
            "reports/contributions/months/<int:page_id>/sign/",
            freezing_views.sign,
            name="contributions_sign",
        ),
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.SEE_REPORTS))


@hooks.register("register_reports_menu_item")
def overview_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Contributions at a glance"),
        reverse("contributions_overview"),
        name="contributions-overview",
        icon_name="clipboard-list",
        order=5,
    )


class TargetsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.DELEGATE_TARGETS))


@hooks.register("register_reports_menu_item")
def targets_menu_item() -> MenuItem:
    return TargetsMenuItem(
        _("Pass targets on"),
        reverse("contributions_targets"),
        name="contributions-targets",
        icon_name="date",
        order=15,
    )


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Contributions"),
        reverse("contributions_report"),
        name="contributions",
        icon_name="clipboard-list",
        order=10,
    )


@hooks.register("register_page_header_buttons")
def made_together(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, ClipPage) and may(user, Right.SHARE_CREDIT, page):
        address = reverse("contributions_partners", args=[page.pk])
        yield Button(gettext("Made together"), address, icon_name="group", priority=30)


@hooks.register("register_log_actions")
def acts_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        campaign_views.ACTION, _("Set up a campaign"), _("Set up the campaign")
    )
    actions.register_action(
        crews.ACTION, _("Made together"), _("Said which units made the clip together")
    )
    actions.register_action(
        delegating.ACTION, _("Pass targets on"), _("Passed the unit's target on")
    )
    actions.register_action(
        exports.ACTION, _("Take a file of contributions"), _("Took a file of numbers")
    )
    actions.register_action(
        freezing.ACTION, _("Sign a month"), _("Signed the figures of a month")
    )
