from __future__ import annotations

import pytest
from openapi_schema_validator import OAS31Validator

from library.catalogue.api import schemas


def test_every_schema_is_a_schema() -> None:
    for schema in schemas.SCHEMAS.values():
        OAS31Validator.check_schema(schema)


@pytest.mark.parametrize(
    "wrong",
    [{"text": "a"}, {"text": 1, "match": True}, {"text": "", "match": True, "x": 1}],
)
def test_objects_have_all_their_properties_and_no_other(wrong: object) -> None:
    span = OAS31Validator(schemas.SCHEMAS["Span"])
    assert span.is_valid({"text": "a", "match": False})
    assert not span.is_valid(wrong)


def test_only_what_is_said_to_may_be_null() -> None:
    poster = schemas.SCHEMAS["Clip"]["properties"]["poster_url"]
    title = schemas.SCHEMAS["Clip"]["properties"]["title"]
    assert (poster["type"], title["type"]) == (["string", "null"], "string")
