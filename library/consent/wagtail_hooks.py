"""Where the room meets Wagtail's admin: the queue's address and menu, and the log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from library.consent import answering, cases, papers, people, problems


@hooks.register("register_admin_urls")
def problem_addresses() -> list[URLResolver]:
    return [path("problems/", include("library.consent.admin_urls"))]


class ProblemsMenuItem(MenuItem):
    """Says how many problems wait for an answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        return problems.answers_any(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = problems.waiting(request.user)
        label = (
            gettext("Reported problems (%(count)s)") % {"count": count}
            if count
            else self.label
        )
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def problems_menu_item() -> MenuItem:
    return ProblemsMenuItem(
        _("Reported problems"),
        reverse("problems:queue"),
        name="problems",
        icon_name="warning",
        order=70,
    )


@hooks.register("register_log_actions")
def consent_in_the_log(actions: LogActionRegistry) -> None:
    for name, label in (
        (cases.WITHDRAW, _("Consent withdrawn")),
        (cases.GIVE_ANEW, _("Consent given anew")),
        (people.ADD, _("Wrote down who is seen")),
        (people.CHANGE, _("Changed what is known of who is seen")),
        (people.REMOVE, _("Removed who is seen")),
        (papers.SEEN, _("Looked at a signed paper")),
        (answering.ANSWER, _("Answer a reported problem")),
        (answering.DONE, _("Close a reported problem")),
    ):
        actions.register_action(name, label, label)
