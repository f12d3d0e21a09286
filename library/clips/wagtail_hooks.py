"""Speaks kindly where an admin would otherwise meet the last line, and the lists' admin."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from library.clips import gate
from library.clips.models import ClipPage
from library.clips.viewsets import taxonomy

hooks.register("register_admin_viewset", lambda: taxonomy)


@hooks.register("before_publish_page")
def a_review_publishes(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, ClipPage):
        return None
    for obstacle in gate.obstacles(page.specific):
        messages.warning(request, str(obstacle.sentence))
    messages.error(request, str(gate.NOT_APPROVED.sentence))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def a_review_publishes_each(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    if action_type != "publish" or not _clips_among(objects):
        return None
    messages.error(request, str(gate.NOT_APPROVED.sentence))
    return redirect("wagtailadmin_explore_root")


@hooks.register("before_copy_page")
def an_upload_makes_clips(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, ClipPage):
        return None
    messages.error(request, _("A clip cannot be copied: each clip has its own upload."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _clips_among(objects: Iterable[object]) -> bool:
    """Also below: “publish the pages below too” may name units only."""
    pages = [one for one in objects if isinstance(one, Page)]
    below = (ClipPage.objects.descendant_of(page, inclusive=True) for page in pages)
    return any(clips.filter(live=False).exists() for clips in below)
