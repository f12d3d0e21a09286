"""The public API: searching and completing for programs, and its description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from library.catalogue import successors
from library.catalogue.api import answers, openapi, parameters
from library.catalogue.api.problems import open_to_all
from library.catalogue.results import results_of
from library.catalogue.suggestions import doors
from library.sought.counting import sought_in_vain
from search import index

# Short: a clip that was withdrawn must not stand in caches for long.
KEPT_S = 60
DESCRIPTION_KEPT_S = 3600


@open_to_all
def search(request: HttpRequest) -> HttpResponse:
    asked = parameters.search_of(request.GET)
    if later := successors.continued(asked.query.filters.get("unit", ())):
        asked = asked.at(later)
    with translation.override(asked.language):
        hits = index.search(asked.query)
        if not hits.total or hits.any_word:
            sought_in_vain(request, asked.query)
        answer = answers.search_answer(asked, hits, results_of(hits), _site(request))
        return _json(answer, KEPT_S, asked.language)


@open_to_all
def suggest(request: HttpRequest) -> HttpResponse:
    typed, limit = parameters.suggestions_of(request.GET)
    answer = answers.suggest_answer(typed, doors(typed, limit), _site(request))
    return _json(answer, KEPT_S)


@open_to_all
def description(request: HttpRequest) -> HttpResponse:
    with translation.override("en"):
        return _json(openapi.document(_site(request)), DESCRIPTION_KEPT_S, "en")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    context = {"operations": openapi.operations(), "site_url": _site(request)}
    return render(request, "catalogue/api.html", context)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")[:-1]


def _json(answer: dict[str, Any], kept_s: int, language: str = "vi") -> HttpResponse:
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={kept_s}"
    response["Content-Language"] = language
    return response
