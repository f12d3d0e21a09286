from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import PageViewRestriction

from library.clips import captions
from library.clips.models import ClipPage, Series, Skill
from library.clips.playback import playback_of
from library.units.models import UnitPage
from tests.cast import Cast
from tests.factories import playable_clip, published_clip
from tests.library.clips import factories
from tests.snapshots import Remembered

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nXin chao\n"


def _live() -> ClipPage:
    school = UnitPage.objects.get(code="thpt-dong-xoai")
    return factories.live(school, User.objects.get(username="lan"))


remembered_clip = Remembered(_live)


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return remembered_clip()


def address(clip: ClipPage) -> str:
    return f"/clip/{clip.slug}-{clip.pk}/"


def captions_url(clip: ClipPage) -> str:
    return playback_of(ClipPage.objects.get(pk=clip.pk)).captions[0].url


@pytest.mark.parametrize(
    "path",
    ["/", "/mon-hoc/", "/lop/", "/ky-nang/", "/don-vi/", "/chuyen-de/", "/tim-kiem/"],
)
def test_an_empty_library_says_what_to_do_next(
    client: Client, path: str, db: None
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert b'class="empty"' in response.content


@pytest.mark.parametrize("path", ["/", "/mon-hoc/toan/", "/don-vi/binh-phuoc/"])
def test_a_live_clip_stands_on_its_shelves(
    client: Client, clip: ClipPage, path: str
) -> None:
    assert f'href="{address(clip)}"' in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/mon-hoc/toan/", "/don-vi/thpt-dong-xoai/"])
def test_a_draft_is_named_nowhere(client: Client, cast: Cast, path: str) -> None:
    factories.ready(cast.school_a, cast.lan, title="Bí mật của Lan")
    assert "Bí mật" not in client.get(path).content.decode()


def test_the_watch_page_plays_explains_and_shares(client: Client, cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    page = client.get(address(clip)).content.decode()
    assert "<video" in page
    assert 'preload="none"' in page
    assert 'rel="license noopener"' in page
    assert f'property="og:url" content="http://testserver{address(clip)}"' in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    assert json.loads(found[1])["name"] == clip.title


def test_a_title_with_markup_is_only_text(client: Client, cast: Cast) -> None:
    title = '</script><img src=x onerror="alert(1)">'
    clip = factories.live(cast.school_a, cast.lan, title=title)
    for path in (address(clip), "/"):
        assert "<img src=x" not in client.get(path).content.decode()


def test_a_wrong_slug_leads_to_the_right_address(
    client: Client, clip: ClipPage
) -> None:
    response = client.get(f"/clip/ten-cu-{clip.pk}/?t=5")
    assert response.status_code == 301
    assert response["Location"] == f"{address(clip)}?t=5"


def test_drafts_and_unknown_clips_are_not_found(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    draft = factories.ready(cast.school_a, cast.lan)
    clip.unpublish()
    for pk in (draft.pk, 99_999):
        assert client.get(f"/clip/x-{pk}/").status_code == 404
    for pk in (draft.pk, clip.pk, 99_999):
        assert client.get(f"/clip/{pk}/qr.svg").status_code == 404


def test_a_clip_that_was_taken_down_says_so_and_no_more(
    client: Client, clip: ClipPage
) -> None:
    """Printed codes lead there for years."""
    clip.unpublish()
    answer = client.get(address(clip))
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "no-store"
    words = answer.content.decode()
    assert "không còn ở đây" in words
    assert clip.title not in words
    assert client.get(f"/clip/ten-cu-{clip.pk}/").status_code == 410


def test_wagtails_privacy_rules_hold(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    PageViewRestriction.objects.create(
        page=cast.school_a, restriction_type=PageViewRestriction.LOGIN
    )
    response = client.get(address(clip))
    assert response.status_code == 302
    client.force_login(cast.hoa)
    assert client.get(address(clip)).status_code == 200


def test_a_password_rule_asks_for_the_password(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    PageViewRestriction.objects.create(
        page=clip, restriction_type=PageViewRestriction.PASSWORD, password="mo-ra"
    )
    page = client.get(address(clip)).content.decode()
    assert "password" in page
    assert "<video" not in page


def test_captions_of_a_live_clip_are_for_everybody_and_for_ever(
    client: Client, cast: Cast
) -> None:
    draft = playable_clip(cast.school_a, cast.lan)
    clip = captions.take(draft, cast.lan, "vi", VTT)
    factories.approve(clip)
    clip.get_latest_revision().publish()
    url = captions_url(clip)
    response = client.get(url)
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert "Xin chao" in response.content.decode()
    assert "immutable" in response["Cache-Control"]
    other = re.sub(r"-[0-9a-f]{12}\.vtt", "-000000000000.vtt", url)
    assert client.get(other).status_code == 404


def test_captions_of_a_draft_are_for_those_who_see_drafts(
    client: Client, cast: Cast
) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    captions.take(clip, cast.lan, "vi", VTT)
    url = captions_url(clip)
    seen = {}
    for person in (None, cast.hoa, cast.lan, cast.minh):
        client.logout()
        if person:
            client.force_login(person)
        seen[person and person.username] = client.get(url).status_code
    assert seen == {None: 404, "hoa": 404, "lan": 200, "minh": 200}


def test_a_unit_shows_the_way_up_and_down(
    client: Client, cast: Cast, clip: ClipPage
) -> None:
    page = client.get("/don-vi/dong-xoai/").content.decode()
    assert 'href="/don-vi/binh-phuoc/"' in page
    assert 'href="/don-vi/thpt-dong-xoai/"' in page


def test_a_skill_shows_its_family(client: Client, cast: Cast) -> None:
    root = Skill.objects.create(code="an-toan", name="An toàn")
    child = Skill.objects.create(code="so-cuu", name="Sơ cứu", parent=root)
    clip = factories.live(cast.school_a, cast.lan, skills=[child])
    page = client.get("/ky-nang/an-toan/").content.decode()
    assert address(clip) in page
    assert 'href="/ky-nang/so-cuu/"' in page


def test_a_series_has_an_address_while_it_has_public_clips(
    client: Client, cast: Cast
) -> None:
    series = Series.objects.create(unit=cast.school_a, title="Ôn thi", slug="on-thi")
    assert client.get(f"/chuyen-de/on-thi-{series.pk}/").status_code == 404
    factories.live(cast.school_a, cast.lan, series=series)
    assert client.get(f"/chuyen-de/on-thi-{series.pk}/").status_code == 200
    assert client.get(f"/chuyen-de/cu-{series.pk}/").status_code == 301


@pytest.mark.parametrize(
    "path",
    [
        "/mon-hoc/khong-co/",
        "/lop/99/",
        "/ky-nang/x/",
        "/don-vi/x/",
        "/mon-hoc/toan/?page=9",
    ],
)
def test_what_is_not_there_is_404(client: Client, clip: ClipPage, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert b"<main" in response.content


def test_nothing_writes(client: Client, clip: ClipPage) -> None:
    for path in ("/", address(clip), "/tim-kiem/", "/mon-hoc/toan/"):
        assert client.post(path).status_code == 405


def test_pages_carry_a_strict_policy_and_no_inline_script_or_style(
    client: Client, clip: ClipPage
) -> None:
    for path in ("/", address(clip), "/tim-kiem/", "/dang-nhap/", "/khong-co/"):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        page = response.content.decode()
        assert not re.search(
            r"<script(?![^>]*(src=|ld\+json))|<style|\sstyle=|\son\w+=", page
        )


def test_a_visitor_who_saves_data_gets_no_web_font(client: Client, db: None) -> None:
    assert "fonts.css" in client.get("/").content.decode()
    asked = client.get("/", headers={"Save-Data": "on"})
    assert "fonts.css" not in asked.content.decode()


def test_a_filter_that_does_not_exist_is_refused_in_words(
    client: Client, clip: ClipPage
) -> None:
    response = client.get("/tim-kiem/?q=bac+hai&mon-hoc=<b>&lop=10&page=2")
    assert response.status_code == 400
    page = response.content.decode()
    assert "<q>mon-hoc</q>" in page
    assert 'href="?q=bac+hai&amp;lop=10"' in page
    assert "<b>" not in page


def test_a_value_that_nothing_carries_is_an_empty_result_that_can_be_undone(
    client: Client, clip: ClipPage
) -> None:
    response = client.get("/tim-kiem/?q=x&mon=khong-co")
    assert response.status_code == 200
    page = response.content.decode()
    assert "khong-co" in page
    assert 'class="chip" href="?q=x"' in page


ODD = (
    *("", "a", "x" * 300, "x" * 10_000, "ở" * 10_000, "\u0301\u0323\u0303"),
    *("🙂", "👩‍🏫 toán", '"', "'", '"toan', "*", "to*", "?", "(toan", "toan\\"),
    *("title:toan", "toan AND", "NOT toan", "a OR b", "~", "^toan", "a NEAR b"),
    *("'; DROP TABLE search_document; --", "' OR 1=1 --", "%s", "{{ 7*7 }}"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x00", "a\x00b"),
)
LEAKS = (
    "Traceback",
    "sqlite",
    "fts5",
    "tsquery",
    "MATCH",
    "<script>alert",
    "<img src=x",
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:24])
def test_odd_words_get_a_page_and_nothing_leaks(
    client: Client, clip: ClipPage, odd: str
) -> None:
    for query in ({"q": odd}, {"q": "bac hai", "mon": odd, "don-vi": odd}):
        response = client.get("/tim-kiem/", query)
        assert response.status_code == 200
        page = response.content.decode()
        assert len(page) < 40_000
        assert [leak for leak in LEAKS if leak in page] == []
    assert client.get(address(clip), {"tim": odd}).status_code == 200


@pytest.mark.parametrize(
    "page", ["51", "52", "1000", "999999999999999999999", "0", "-1"]
)
def test_deep_pages_are_bounded(client: Client, clip: ClipPage, page: str) -> None:
    assert client.get(f"/tim-kiem/?page={page}").status_code == 404
