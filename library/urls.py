"""All addresses: the public site, the contributor's pages, the admin."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from library.units import admin_urls as guarded_admin_urls

urlpatterns = [
    # Stock admin addresses that would name other units' drafts are answered by ours.
    path("admin/", include(guarded_admin_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("dong-gop/", include("library.uploads.urls")),
    path("", include("library.catalogue.urls")),
]
