"""What every template of the site knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "is_demo": settings.DEMO,
        "saves_data": saves_data(request),
    }


def saves_data(request: HttpRequest) -> bool:
    """The visitor's own switch; without an answer, the browser's Save-Data header."""
    if chosen := request.COOKIES.get("data_saver"):
        return chosen == "1"
    return request.headers.get("Save-Data", "").lower() == "on"
