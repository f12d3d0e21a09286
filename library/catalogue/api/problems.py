"""What the API says when it cannot answer: problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

CONTENT_TYPE = "application/problem+json"
METHODS = ("GET", "HEAD")

View = Callable[..., HttpResponse]


class ProblemError(Exception):
    """A question that cannot be asked; `parameter` is what is wrong with it."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


def problem(status: int, title: str, detail: str, **more: Any) -> JsonResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    response = JsonResponse(body | more, status=status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def open_to_all(view: View) -> View:
    """For reading only, from every origin; what cannot be asked becomes a problem document."""

    @csrf_exempt  # nothing is written: whoever posts is told so, and not by a page
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        return for_everybody(_answer(view, request))

    return answer


def for_everybody(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(view: View, request: HttpRequest) -> HttpResponse:
    if request.method not in METHODS:
        response = problem(405, "Method not allowed", "This address is only for GET.")
        response["Allow"] = ", ".join(METHODS)
        return response
    try:
        return view(request)
    except ProblemError as error:
        return problem(400, "Bad request", error.detail, parameter=error.parameter[:80])
