"""Where the review meets Wagtail's admin: addresses, menu, home panel, editor, log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from library.clips.models import ClipPage
from library.review import inbox, settling
from library.review.models import is_rejected, may_take_back
from library.review.queue import Waiting, waiting, waiting_ids
from library.units.permissions import Right, paths_where

SHOWN_AT_HOME = 5


@hooks.register("register_admin_urls")
def review_addresses() -> list[URLResolver]:
    return [path("review/", include("library.review.admin_urls"))]


class ReviewMenuItem(MenuItem):
    """Says how many clips wait for the person."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.REVIEW_CLIPS))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = len(waiting_ids(request.user))
        label = (
            gettext("Review (%(count)s)") % {"count": count} if count else self.label
        )
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def review_menu_item() -> MenuItem:
    return ReviewMenuItem(
        _("Review"), reverse("review:queue"), name="review", icon_name="check", order=50
    )


class InboxMenuItem(MenuItem):
    """Says how many notices are unread."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = inbox.unread(request.user)
        label = gettext("Inbox (%(count)s)") % {"count": count} if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def inbox_menu_item() -> MenuItem:
    return InboxMenuItem(
        _("Inbox"), reverse("review:inbox"), name="inbox", icon_name="mail", order=60
    )


class StepsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return settling.may_set(request.user)


@hooks.register("register_settings_menu_item")
def steps_menu_item() -> MenuItem:
    return StepsMenuItem(
        _("Steps of review"),
        reverse("review:chains"),
        name="review-steps",
        icon_name="tasks",
        order=750,
    )


class WaitingPanel(Component):
    order = 100
    template_name = "review/home_panel.html"

    def __init__(self, rows: list[Waiting]) -> None:
        self.rows = rows

    def get_context_data(self, _parent: Mapping[str, Any]) -> dict[str, Any]:
        return {"rows": self.rows[:SHOWN_AT_HOME], "count": len(self.rows)}


@hooks.register("construct_homepage_panels")
def waiting_at_home(request: HttpRequest, panels: list[Component]) -> None:
    """Ours in the place of Wagtail's, which asks several times for each clip."""
    panels[:] = [p for p in panels if not isinstance(p, WorkflowObjectsToModeratePanel)]
    if rows := waiting(request.user):
        panels.append(WaitingPanel(rows))


@hooks.register("construct_page_action_menu")
def offer_only_what_a_review_allows(
    items: list[ActionMenuItem], request: HttpRequest, context: Mapping[str, Any]
) -> None:
    """A unit is not reviewed, a rejected clip is not submitted again."""
    page, unwanted = context.get("page"), set[str]()
    if not isinstance(page, ClipPage) or is_rejected(page):
        unwanted |= {"action-submit", "action-restart-workflow"}
    elif not may_take_back(page, request.user):
        unwanted |= {"action-cancel-workflow", "action-restart-workflow"}
    items[:] = [item for item in items if item.name not in unwanted]


@hooks.register("before_edit_page")
def a_reviewer_answers_and_does_not_cancel(
    request: HttpRequest, page: Page
) -> HttpResponse | None:
    """Wagtail lets whoever may approve cancel as well: a no without reason or words."""
    asks = {"action-cancel-workflow", "action-restart-workflow"} & request.POST.keys()
    if not asks or may_take_back(page, request.user):
        return None
    messages.error(
        request, gettext("Answer the review with a reason and words instead.")
    )
    return redirect("review:clip", page.pk)


@hooks.register("register_log_actions")
def reviews_in_the_log(actions: LogActionRegistry) -> None:
    @actions.register_action("library.withdraw")
    class WithdrawalFormatter(LogFormatter):
        label = _("Withdraw")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Withdrawn: %(why)s") % {
                "why": log_entry.data.get("why", "")
            }

    for name, label in (
        ("review.claim", _("Claim for review")),
        ("review.take_over", _("Take over the review")),
        ("review.give_back", _("Give back the review")),
        ("review.small_change", _("Small change, public at once")),
        ("review.steps", _("Set the steps of review")),
    ):
        actions.register_action(name, label, label)
