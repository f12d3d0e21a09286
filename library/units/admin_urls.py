"""Wagtail's admin addresses, none of which names a page that the person may not know.

Wagtail checks rights where something is changed or opened, but tells titles of drafts
in choosers, confirmations and form errors on the way there. So one guard stands before
every address: a page named in it, or sent along, that is neither explorable nor public
is not found. Bulk actions and the chooser's lists are in `wagtail_hooks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.urls import urlpatterns as wagtail_urlpatterns
from wagtail.models import Page
from wagtail.utils.urlpatterns import decorate_urlpatterns

from library.units.policy import may_name

View = Callable[..., HttpResponseBase]

# Parts of an address that are a page's id wherever they stand in Wagtail's admin.
PAGE_PARTS = frozenset(
    {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}
)
# Addresses that take pages under other names, in the address or sent along.
PAGE_NAMES: Mapping[str, frozenset[str]] = {
    "wagtailadmin_choose_page_chosen_multiple": frozenset({"id"}),
    "wagtailadmin_pages:choose_parent": frozenset({"parent_page"}),
    "wagtailadmin_pages:copy": frozenset({"new_parent_page"}),
    "wagtailadmin_pages:move": frozenset({"new_parent_page"}),
    "wagtailadmin_pages:revisions_compare": frozenset({"pk"}),
}
# It changes pages past every hook, and no part of Wagtail's own admin calls it.
CLOSED = "wagtailadmin_api:pages:action"
# They tell the newest title of any page; none of the library's own forms needs them.
SUPERUSERS_ONLY = frozenset(
    {
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
    }
)


def knowing_pages(view: View) -> View:
    """Answers 404 where the request names a page that the person may not know."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_pass(request, kwargs):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _may_pass(request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    user = request.user
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name == CLOSED:
        return False
    if not user.is_authenticated or user.is_superuser:
        return True  # the view sends guests to the sign-in page
    if name in SUPERUSERS_ONLY:
        return False
    named = set(_named_pages(request, name, kwargs))
    known = Page.objects.in_bulk(named) if named else {}
    return len(known) == len(named) and all(
        may_name(user, page) for page in known.values()
    )


def _named_pages(
    request: HttpRequest, name: str, kwargs: Mapping[str, Any]
) -> Iterator[int]:
    names = PAGE_NAMES.get(name, frozenset())
    values = [value for key, value in kwargs.items() if key in PAGE_PARTS | names]
    for sent in (request.GET, request.POST):
        for key in names:
            values += sent.getlist(key)
    yield from (int(value) for value in values if str(value).isdecimal())


urlpatterns = decorate_urlpatterns(wagtail_urlpatterns, knowing_pages)
