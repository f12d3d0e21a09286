"""Where invitations meet Wagtail's admin: addresses, menu, log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from library.invitations import acts
from library.invitations.admin_views import invites
from library.units import member_log


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    return [path("invitations/", include("library.invitations.admin_urls"))]


class InvitationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return invites(request)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return InvitationsMenuItem(
        _("Invitations"),
        reverse("unit_invitations:index"),
        name="unit-invitations",
        icon_name="mail",
        order=705,
    )


@hooks.register("register_log_actions")
def acts_in_the_log(actions: LogActionRegistry) -> None:
    member_log.register(actions, acts.ACTS)
