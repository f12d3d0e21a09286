"""axe on the public pages, and that they fit a narrow phone, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from library.clips import captions, records
from library.clips.models import ClipPage
from search import index
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.clips import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nDay la duong tron\n"


@pytest.fixture
def paths(cast: Cast) -> dict[str, str]:
    draft = playable_clip(cast.school_a, cast.lan, title="Đường tròn và tiếp tuyến")
    clip = captions.take(draft, cast.lan, "vi", VTT)
    factories.approve(clip)
    clip.get_latest_revision().publish()
    clip = ClipPage.objects.get(pk=clip.pk)
    other = factories.live(cast.school_b, cast.hoa, title="Số phức")
    for each in (clip, other):
        index.put(records.record_of(each))
    return {
        "home": "/",
        "shelf": "/mon-hoc/toan/",
        "unit": "/don-vi/dong-xoai/",
        "results": "/tim-kiem/?q=duong+tron&mon=toan",
        "nothing": "/tim-kiem/?q=khong-co-gi",
        "some words": "/tim-kiem/?q=duong+tron+abcxyz",
        "filters leave nothing": "/tim-kiem/?q=duong+tron&lop=12",
        "no such filter": "/tim-kiem/?mon-hoc=toan",
        "programs": "/api/",
        "watch": f"/clip/{clip.slug}-{clip.pk}/",
        "searched inside": f"/clip/{clip.slug}-{clip.pk}/?tim=duong+tron",
        "sign-in": "/dang-nhap/",
        "not found": "/khong-co/",
    }


def test_axe_finds_nothing(
    live_server: LiveServer, page: Page, paths: dict[str, str]
) -> None:
    found = {}
    for name, path in paths.items():
        page.goto(live_server.url + path)
        report = Axe().run(page)
        if report.violations_count:
            found[name] = report.generate_report()
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_its_screen(
    live_server: LiveServer, page: Page, paths: dict[str, str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    wide = {}
    for name, path in paths.items():
        page.goto(live_server.url + path)
        taken = page.evaluate("document.documentElement.scrollWidth")
        if taken > width:
            wide[name] = taken
    assert wide == {}


def test_controls_are_large_enough_for_a_thumb(
    live_server: LiveServer, page: Page, paths: dict[str, str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    small = []
    for path in (paths["home"], paths["watch"], paths["results"]):
        page.goto(live_server.url + path)
        for control in page.locator(
            "button, select, summary, nav a, .chip, .door"
        ).all():
            box = control.bounding_box()
            if control.is_visible() and box and box["height"] < 43.5:
                small.append(f"{path}: {control.inner_text()} {box['height']}")
    assert small == []


def test_the_keyboard_comes_to_the_content_first(
    live_server: LiveServer, page: Page, paths: dict[str, str]
) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
