"""What answers where no view did: a page for people, a problem document below the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from library.catalogue.api.problems import for_everybody, problem

API = "/api/v1"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A host that is not ours, say."""
    if _is_asked_by_a_program(request):
        return for_everybody(problem(400, "Bad request", "This cannot be understood."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_asked_by_a_program(request):
        detail = "There is no such address; /api/ lists them."
        return for_everybody(problem(404, "Not found", detail))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django has written down what happened; nothing of it is said here."""
    if _is_asked_by_a_program(request):
        detail = "The fault is on our side. Try again in a few minutes."
        return for_everybody(problem(500, "Internal server error", detail))
    return defaults.server_error(request)


def _is_asked_by_a_program(request: HttpRequest) -> bool:
    return f"{request.path_info}/".startswith(f"{API}/")
