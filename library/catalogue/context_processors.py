"""What every template of the site knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "is_demo": settings.DEMO,
    }
