"""Pages whose public address does not follow the tree, so that printed links last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import get_script_prefix
from wagtail.models import Site

UrlParts = tuple[int, str, str] | None


class OwnAddress:
    """Goes before `Page` in the bases; the tree's address only leads to the own one."""

    preview_modes: ClassVar[list[tuple[str, str]]] = []  # nothing here is drafted

    if TYPE_CHECKING:
        url_path: str

        def get_url(self, request: HttpRequest | None = None) -> str: ...

    def public_path(self) -> str:
        """The address below the site's root, without a slash in front."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> UrlParts:  # noqa: ARG002
        for site in Site.get_site_root_paths():
            if self.url_path.startswith(site.root_path):
                path = get_script_prefix() + self.public_path()
                return site.site_id, site.root_url, path
        return None

    def serve(
        self, request: HttpRequest, *_args: Any, **_kwargs: Any
    ) -> HttpResponsePermanentRedirect:
        return HttpResponsePermanentRedirect(self.get_url(request))
