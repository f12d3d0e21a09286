from __future__ import annotations

import json

from django.http import QueryDict
from django.test import Client
from django.utils import translation
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from library.catalogue.api import openapi, parameters
from library.catalogue.api.schemas import SCHEMAS
from search.facets import FACETS
from search.queries import DEEPEST_OFFSET, LONGEST_TEXT


def test_the_description_is_valid_openapi(client: Client, db: None) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    validate(document, cls=OpenAPIV31SpecValidator)
    assert set(document["paths"]) == {"/api/v1/search", "/api/v1/suggest"}


def test_every_error_is_described_as_a_problem() -> None:
    document = openapi.document("https://example.org")
    for path in document["paths"].values():
        answers = dict(path["get"]["responses"])
        assert list(answers.pop("200")["content"]) == ["application/json"]
        assert set(answers) == {"400", "500"}
        for answer in answers.values():
            assert list(answer["content"]) == ["application/problem+json"]
    for status in ("404", "405", "500"):
        assert status in document["info"]["description"]


def test_every_parameter_that_is_described_is_taken_and_every_other_refused() -> None:
    search, suggest = openapi.operations()
    described = [each.name for each in search.parameters]
    assert set(FACETS) < set(described)
    for each in search.parameters:
        schema = each.schema
        value = schema.get("default", schema.get("enum", ["x"])[0])
        parameters.search_of(QueryDict(f"{each.name}={value}"))
    for each in suggest.parameters:
        parameters.suggestions_of(QueryDict(f"{each.name}={each.schema['default']}"))


def test_the_sentences_say_the_real_bounds() -> None:
    with translation.override("en"):
        sentences = {
            each.name: str(each.means) for each in openapi.operations()[0].parameters
        }
    assert str(LONGEST_TEXT) in sentences["q"]
    assert str(DEEPEST_OFFSET) in sentences["page"]


def test_every_schema_that_is_named_is_there() -> None:
    named = {each.answer for each in openapi.operations()} | {"Problem"}
    assert named < set(SCHEMAS)
