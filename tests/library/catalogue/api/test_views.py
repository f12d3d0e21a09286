from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from openapi_schema_validator import OAS31Validator

from library.catalogue.api.schemas import SCHEMAS
from library.clips import captions, records
from library.clips.models import ClipPage
from search import index
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.catalogue.test_successors import DAY, merged
from tests.library.clips import factories

VTT = "WEBVTT\n\n00:31.500 --> 00:33.000\nTa tính đạo hàm\n"


def ask(client: Client, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = json.loads(response.content)
    schema = {**SCHEMAS[f"{path.title()}Answer"], "components": {"schemas": SCHEMAS}}
    OAS31Validator(schema).validate(answer)
    return answer


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    draft = playable_clip(cast.school_a, cast.lan, title="Đạo hàm lớp 12")
    clip = captions.take(draft, cast.lan, "vi", VTT.encode())
    factories.approve(clip)
    clip.get_latest_revision().publish()
    clip = ClipPage.objects.get(pk=clip.pk)
    index.put(records.record_of(clip))
    return clip


def test_searching_answers_with_clips_moments_and_facets(
    client: Client, clip: ClipPage
) -> None:
    answer = ask(client, "search", q="dao ham", unit="dong-xoai")
    (found,) = answer["results"]
    assert answer["total"] == 1
    assert found["url"] == f"http://testserver/clip/{clip.slug}-{clip.pk}/"
    assert found["moments"][0]["start_ms"] == 31500
    assert found["moments"][0]["text"][1] == {"text": "đạo hàm", "match": True}
    units = {each["code"]: each["parent"] for each in answer["facets"]["unit"]}
    assert units["thpt-dong-xoai"] == "dong-xoai"


def test_a_unit_that_ended_is_answered_by_what_continues_it_and_the_answer_says_so(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    def asked(*units: str) -> tuple[int, dict[str, str]]:
        answer = ask(client, "search", q="dao ham", unit=units)
        return answer["total"], answer["successors"]

    school = clip.get_parent().specific.code
    assert asked(school) == (1, {})
    assert asked(cast.school_c.code) == (0, {})
    merged(cast.school_c, cast.school_b)
    merged(cast.school_b, cast.school_a)
    later = {unit.code: school for unit in (cast.school_b, cast.school_c)}
    assert asked(*later) == (1, later)
    assert asked(school, cast.school_c.code, "khong-co")[0] == 1
    assert asked("khong-co") == (0, {})


def test_a_unit_that_nothing_continues_finds_nothing(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    cast.school_c.ended_on = DAY
    cast.school_c.save()
    answer = ask(client, "search", unit=cast.school_c.code)
    assert (answer["total"], answer["successors"]) == (0, {})


def test_completing_answers_with_pages(client: Client, clip: ClipPage) -> None:
    (suggestion,) = ask(client, "suggest", q="dao h")["suggestions"]
    assert suggestion["url"] == f"http://testserver/clip/{clip.slug}-{clip.pk}/"


def test_an_unknown_value_finds_nothing_and_an_unknown_parameter_is_refused(
    client: Client, clip: ClipPage
) -> None:
    assert ask(client, "search", subject="khong-co")["total"] == 0
    response = client.get("/api/v1/search?mon=toan")
    assert response.status_code == 400
    OAS31Validator(SCHEMAS["Problem"]).validate(json.loads(response.content))


def test_names_that_are_ours_come_in_the_language_asked_for(
    client: Client, clip: ClipPage
) -> None:
    def name(**query: str) -> str:
        answer = ask(client, "search", **query)
        return str(answer["facets"]["captions"][0]["name"])

    client.cookies["django_language"] = "en"
    assert name() == name(lang="vi") == "Có phụ đề"
    assert name(lang="en") == "With captions"


@pytest.mark.parametrize("path", ["search?q=x", "suggest?q=x", "openapi.json"])
def test_answers_are_for_everybody_and_for_caches(
    client: Client, clip: ClipPage, path: str
) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"].startswith("public, max-age=")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert client.post(f"/api/v1/{path}").status_code == 405


def test_who_is_signed_in_gets_what_everybody_gets(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    factories.ready(cast.school_a, cast.lan, title="Đạo hàm, bản nháp")
    before = client.get("/api/v1/search?q=dao").content
    client.force_login(cast.lan)
    assert client.get("/api/v1/search?q=dao").content == before
    assert b"nh\xc3\xa1p" not in before
    for person in (cast.lan.username, cast.lan.email, cast.lan.first_name):
        assert f'"{person}"' not in before.decode()


def test_a_clip_withdrawn_a_moment_ago_is_not_answered(
    client: Client, clip: ClipPage
) -> None:
    as_it_was = records.record_of(clip)
    clip.unpublish()
    index.put(as_it_was)  # the index has not heard of it yet
    assert ask(client, "search", q="dao ham")["results"] == []
    assert ask(client, "suggest", q="dao h")["suggestions"] == []


ODD = (
    *("", "a", "\u0301\u0323", "🙂", "x" * 10_000, "ở" * 10_000, "\x00", "a\x00b"),
    *('"toan', "to*", "(toan", "toan\\", "title:toan", "a AND b", "NOT a", "~", "^2"),
    *("'; DROP TABLE search_document; --", "<script>alert(1)</script>", "%s", "\u202e"),
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:24])
def test_odd_words_are_answered_like_any(
    client: Client, clip: ClipPage, odd: str
) -> None:
    answer = ask(client, "search", q=odd, subject=odd, series=odd)
    assert len(answer["q"]) <= 300
    assert isinstance(ask(client, "suggest", q=odd)["suggestions"], list)


@pytest.mark.parametrize("raw", ["%FF", "%ED%A0%80", "%", "%C4", quote("ð" * 50)])
def test_bytes_that_are_no_text_do_no_harm(client: Client, db: None, raw: str) -> None:
    assert client.get(f"/api/v1/search?q={raw}").status_code == 200
    assert client.get(f"/api/v1/suggest?q={raw}").status_code == 200


def test_the_guide_names_every_parameter(client: Client, db: None) -> None:
    page = client.get("/api/").content.decode()
    for name in ("q", "subject", "licence", "page_size", "lang", "limit"):
        assert f"<code>{name}</code>" in page
    assert 'href="/api/v1/openapi.json"' in page
