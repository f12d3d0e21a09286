"""What a library needs before the first clip: its root page, its lists, its review."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Site

from library.clips.seed import load_taxonomies
from library.review.setup import ensure_workflow
from library.units.models import LibraryPage


@transaction.atomic
def found() -> LibraryPage:
    """Safe to repeat; what people changed since is left as it is."""
    library = LibraryPage.objects.first() or root_page()
    load_taxonomies()
    ensure_workflow()
    return library


def root_page() -> LibraryPage:
    """The library's home; takes the place of Wagtail's welcome page."""
    library: LibraryPage = Page.get_first_root_node().add_child(
        instance=LibraryPage(title=settings.WAGTAIL_SITE_NAME, slug="thu-vien")
    )
    address = urlsplit(settings.PUBLIC_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": library,
        },
    )
    Page.objects.filter(depth=2).exclude(pk=library.pk).delete()
    # Wagtail's own groups may publish anything; here the review alone publishes.
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    return library
