from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from openapi_schema_validator import OAS31Validator

from library.catalogue.api.schemas import SCHEMAS
from library.clips import records
from search import index
from search.embedded.models import Block
from tests.cast import Cast
from tests.library.clips import factories


@pytest.fixture
def visitor() -> Client:
    """Who sees what a visitor would, and no traceback."""
    return Client(raise_request_exception=False)


@pytest.fixture
def found(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan, title="Đường tròn")
    index.put(records.record_of(clip))


@pytest.fixture
def broken_table(found: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_index RENAME TO search_index_elsewhere")


@pytest.fixture
def broken_row(found: None) -> None:
    # A list of places has two bytes for each.
    Block.objects.update(positions=b"\x01\x00\x02")


def said(response: Any) -> dict[str, Any]:
    """The problem, which every origin may read."""
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    body: dict[str, Any] = json.loads(response.content)
    OAS31Validator(SCHEMAS["Problem"]).validate(body)
    assert body["status"] == response.status_code
    return body


@pytest.mark.parametrize("path", ["search?q=duong", "suggest?q=du"])
def test_a_table_that_is_gone_is_a_problem_document(
    visitor: Client, broken_table: None, path: str
) -> None:
    body = said(visitor.get(f"/api/v1/{path}"))
    assert body["status"] == 500
    assert "search_index" not in str(body)


def test_a_row_that_is_damaged_is_a_problem_document_and_a_page_for_people(
    visitor: Client, broken_row: None
) -> None:
    assert said(visitor.get("/api/v1/search?q=duong"))["status"] == 500
    page = visitor.get("/tim-kiem/?q=duong")
    assert page.status_code == 500
    assert page["Content-Type"].startswith("text/html")


def test_a_search_server_that_is_away_is_a_problem_document(
    visitor: Client, found: None, settings: Any
) -> None:
    settings.SEARCH_ENGINE = "search.elasticsearch.engine.ElasticsearchEngine"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert said(visitor.get("/api/v1/search?q=duong"))["status"] == 500


@pytest.mark.parametrize("path", ["", "/", "/search/", "/clips", "/../admin", "/%00"])
def test_an_address_that_is_none_is_a_problem_document(
    visitor: Client, db: None, path: str
) -> None:
    assert said(visitor.get(f"/api/v1{path}"))["status"] == 404


@pytest.mark.parametrize("path", ["/api/v2/search", "/api/v11", "/nowhere/"])
def test_elsewhere_people_get_a_page(visitor: Client, db: None, path: str) -> None:
    page = visitor.get(path)
    assert page.status_code == 404
    assert page["Content-Type"].startswith("text/html")


def test_a_host_that_is_not_ours_is_refused_in_either_way(
    visitor: Client, db: None, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    there = {"host": "elsewhere.example"}
    assert said(visitor.get("/api/v1/search", headers=there))["status"] == 400
    assert visitor.get("/", headers=there)["Content-Type"].startswith("text/html")


def test_whoever_posts_is_refused_in_json_without_a_token_too(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert said(strict.post("/api/v1/search", {"q": "duong"}))["status"] == 405
