"""All addresses: the public site, the contributor's pages, the admin."""

from __future__ import annotations

from django.urls import include, path

from library.catalogue.api import failures
from library.units import admin_urls as guarded_admin_urls

handler400 = failures.bad_request
handler404 = failures.not_found
handler500 = failures.server_error

urlpatterns = [
    path("admin/", include(guarded_admin_urls)),
    path("dong-gop/", include("library.uploads.urls")),
    path("dong-gop/", include("library.duplicates.urls")),
    path("", include("library.consent.urls")),
    path("loi-moi/", include("library.invitations.urls")),
    path("tien-do/", include("library.contributions.urls")),
    path("", include("library.catalogue.root_urls")),
    path("", include("library.catalogue.urls")),
]
