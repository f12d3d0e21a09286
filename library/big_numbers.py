"""An address or a form with a number that no database row can have asks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

GREATEST_ID = 2**63 - 1  # of a BigAutoField; SQLite refuses to compare with more


class NoSuchNumber:
    """Here, once, for our addresses and for all of Wagtail's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django gives it
        view: Callable[..., HttpResponse],  # noqa: ARG002
        args: Sequence[object],
        kwargs: Mapping[str, object],
    ) -> None:
        numbers = [
            int(value)
            for value in (*args, *kwargs.values())
            if isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
        ]
        if any(number > GREATEST_ID for number in numbers):
            raise Http404

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """A hand-made form may carry one too: choosers of pages ask for it as it is."""
        if isinstance(exception, OverflowError):
            return page_not_found(request, exception)
        return None
