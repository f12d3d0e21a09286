"""Says in the admin why a clip does not go live, and registers the admin of the lists.

That it does not is the business of `ClipPermissionTester` and of `ClipPage.clean()`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from library.clips import gate
from library.clips.models import ClipPage, ClipQuerySet
from library.clips.viewsets import taxonomy

hooks.register("register_admin_viewset", lambda: taxonomy)


@hooks.register("before_edit_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> None:
    """A publish button that was there once, or in another window, saves the draft."""
    if not isinstance(page, ClipPage):
        return
    if "action-publish" in request.POST:
        messages.error(request, str(gate.NOT_APPROVED.sentence))
    elif request.method == "GET" and (missing := gate.obstacles(page)):
        sentences = " ".join(str(one.sentence) for one in missing)
        messages.warning(
            request, _("Not ready for review: %(missing)s") % {"missing": sentences}
        )


@hooks.register("before_bulk_action")
def say_that_clips_are_left_out(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> None:
    """Of what was ticked, and of what lies below it."""
    if action_type not in {"publish", "unpublish"}:
        return
    is_live = action_type == "unpublish"
    if _clips_below(request.GET.getlist("id")).filter(live=is_live).exists():
        messages.error(
            request,
            _("Clips are withdrawn on their review page, with a reason.")
            if is_live
            else str(gate.NOT_APPROVED.sentence),
        )


def _clips_below(ids: Iterable[str]) -> ClipQuerySet:
    chosen = Page.objects.filter(pk__in=[one for one in ids if one.isdecimal()])
    below = ClipPage.objects.none()
    for page in chosen:
        below |= ClipPage.objects.descendant_of(page, inclusive=True)
    return below
