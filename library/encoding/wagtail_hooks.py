"""Where the encoding meets Wagtail's admin: addresses, menu, the editor's header, log."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from library.clips.models import ClipPage
from library.clips.video import video_of
from library.encoding import redo
from library.units.permissions import Right, paths_where


@hooks.register("register_admin_urls")
def encoding_addresses() -> list[URLResolver]:
    return [path("encoding/", include("library.encoding.admin_urls"))]


class EncodingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(paths_where(request.user, Right.RUN_ENCODING))


@hooks.register("register_reports_menu_item")
def encoding_menu_item() -> MenuItem:
    return EncodingMenuItem(
        _("Encoding"),
        reverse("encoding:report"),
        name="encoding",
        icon_name="cogs",
        order=20,
    )


@hooks.register("register_page_header_buttons")
def acts_on_a_video(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the header of a clip's editor, where Wagtail keeps what is done to a page."""
    if not isinstance(page, ClipPage):
        return
    video = video_of(page, user)
    back = "?" + urlencode({"next": next_url}) if next_url else ""
    for offered, name, label, icon in (
        (video.may_retry, "retry", gettext("Try again"), "rotate"),
        (video.may_reencode, "reencode", gettext("Encode again"), "rotate"),
    ):
        if offered:
            address = reverse(f"encoding:{name}", args=[page.pk]) + back
            yield Button(label, address, icon_name=icon, priority=25)


@hooks.register("register_log_actions")
def acts_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        redo.RETRY, _("Try again"), _("Had the failed video tried again")
    )
    actions.register_action(
        redo.REENCODE, _("Encode again"), _("Had the video encoded again")
    )
