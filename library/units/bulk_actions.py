"""Wagtail's bulk actions on pages, kept to pages that the person may know."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Page
from wagtail.permissions import policy_registry

from library.units.policy import may_name


class KnownPages:
    """Goes before a bulk action: foreign pages are neither acted on nor listed as
    "no permission", and "all" is always all of one listing, never of the database."""

    request: HttpRequest
    model: type[Page]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if "all" in request.GET.getlist("id") and not request.GET.get("childOf"):
            raise PermissionDenied
        destination = request.POST.get("chooser", "")
        if destination and not _is_known(request, destination):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        pages, others = super().get_actionable_objects()  # type: ignore[misc]
        policy = policy_registry.get_by_type(Page)
        others["items_with_no_access"] = [
            page
            for page in others["items_with_no_access"]
            if policy.may_explore(self.request.user, page)
        ]
        return pages, others


def _is_known(request: HttpRequest, value: str) -> bool:
    page = Page.objects.filter(pk=value).first() if value.isdecimal() else None
    return page is not None and may_name(request.user, page)


class Delete(KnownPages, DeleteBulkAction):
    pass


class Move(KnownPages, MoveBulkAction):
    pass


class Publish(KnownPages, PublishBulkAction):
    pass


class Unpublish(KnownPages, UnpublishBulkAction):
    pass


ALL = (Delete, Move, Publish, Unpublish)
