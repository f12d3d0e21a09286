from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from library.catalogue.api.problems import ProblemError, open_to_all, problem


@open_to_all
def view(request: HttpRequest) -> HttpResponse:
    if "wrong" in request.GET:
        raise ProblemError("wrong", "It is wrong.")
    return HttpResponse("fine")


def test_a_problem_says_what_is_wrong_and_is_not_kept() -> None:
    response = view(RequestFactory().get("/?wrong=1"))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Bad request",
        "status": 400,
        "detail": "It is wrong.",
        "parameter": "wrong",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_reading_is_allowed(method: str) -> None:
    response = view(getattr(RequestFactory(), method)("/"))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/?wrong=1"])
def test_every_origin_may_read_answers_and_problems(path: str) -> None:
    response = view(RequestFactory().get(path))
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


def test_more_members_stand_beside_the_standard_ones() -> None:
    assert json.loads(problem(404, "T", "D", hint="h").content)["hint"] == "h"
