"""The language of the pages: Vietnamese, unless somebody chose English here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguage(LocaleMiddleware):
    """What the browser asks for does not count: many school PCs are set to English."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self,
        request: HttpRequest,  # noqa: ARG002 - the signature is Django's
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Without Django's `Vary: Accept-Language`, which would split every cache."""
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
