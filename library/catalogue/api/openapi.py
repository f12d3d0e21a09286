"""The description of the API: one for programs (OpenAPI 3.1), one for people, of one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.catalogue.api import parameters, problems, schemas
from library.catalogue.api.schemas import Schema, many, number, text
from library.catalogue.suggestions import MOST as MOST_SUGGESTIONS
from search.queries import LARGEST_PAGE, SORTS

VERSION = "1.0.0"


@dataclass(frozen=True)
class Parameter:
    name: str
    schema: Schema
    means: str | Promise


@dataclass(frozen=True)
class Operation:
    name: str
    address: str
    means: str | Promise
    parameters: tuple[Parameter, ...]
    answer: str  # a name of schemas.SCHEMAS
    example: str


_WORDS = Parameter(
    "q",
    text(default=""),
    _("What is sought, with or without marks; longer text is cut to 300 letters."),
)
_CODES = many(text())
_SEARCH = (
    _WORDS,
    Parameter("subject", _CODES, _("Codes of subjects; several widen the search.")),
    Parameter("grade", _CODES, _("Codes of grades.")),
    Parameter("skill", _CODES, _("Codes of skills.")),
    Parameter(
        "unit",
        _CODES,
        _(
            "Codes of units; each with all units below it. One that ended stands for "
            "the unit that continues it; “successors” in the answer says which."
        ),
    ),
    Parameter("series", _CODES, _("Numbers of series.")),
    Parameter("kind", _CODES, _("Codes of kinds of clips.")),
    Parameter("licence", _CODES, _("SPDX identifiers, such as CC-BY-4.0.")),
    Parameter("captions", _CODES, _("“yes”: only clips with captions.")),
    Parameter("length", _CODES, _("“short”, “medium” or “long”.")),
    Parameter("sort", text(enum=list(SORTS), default=SORTS[0]), _("The order.")),
    Parameter(
        "page",
        number(least=1, default=1),
        _("Which page. No page begins after the first 1000 clips."),
    ),
    Parameter(
        "page_size",
        number(least=1, maximum=LARGEST_PAGE, default=parameters.PAGE_SIZE),
        _("Clips on a page."),
    ),
    Parameter(
        "lang",
        text(enum=list(parameters.LANGUAGES), default=parameters.LANGUAGES[0]),
        _("The language of names that are the library's own."),
    ),
)
_SUGGEST = (
    _WORDS,
    Parameter(
        "limit",
        number(least=1, maximum=MOST_SUGGESTIONS, default=parameters.SUGGESTIONS),
        _("How many at most."),
    ),
)


def operations() -> tuple[Operation, ...]:
    return (
        Operation(
            "search",
            reverse("catalogue:api_search"),
            _("Search the public clips: ranked, with facets and moments."),
            _SEARCH,
            "SearchAnswer",
            "q=dao+ham&grade=12",
        ),
        Operation(
            "suggest",
            reverse("catalogue:api_suggest"),
            _(
                "Complete what is being typed: titles, subjects, series, units, speakers."
            ),
            _SUGGEST,
            "SuggestAnswer",
            "q=dao+h",
        ),
    )


def document(site_url: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.WAGTAIL_SITE_NAME}: API",
            "version": VERSION,
            "description": (
                "Public and only for reading; no key, no cookie. "
                "Unknown parameters are refused. Every error is a problem document "
                "(RFC 9457), also 404 for an address that is none, 405 for another "
                "method than GET or HEAD, and 500 for a failure of ours."
            ),
        },
        "servers": [{"url": site_url}],
        "paths": {each.address: {"get": _operation(each)} for each in operations()},
        "components": {"schemas": schemas.SCHEMAS},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": str(operation.means),
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": {
            "200": _response("The answer.", "application/json", operation.answer),
            "400": _problem("A parameter is unknown or out of bounds."),
            "500": _problem("The fault is on our side; try again later."),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": str(parameter.means),
        "schema": parameter.schema,
    }


def _problem(description: str) -> dict[str, Any]:
    return _response(description, problems.CONTENT_TYPE, "Problem")


def _response(description: str, content_type: str, schema: str) -> dict[str, Any]:
    content = {content_type: {"schema": schemas.ref(schema)}}
    return {"description": description, "content": content}
