"""The room's pages in a real browser: without JavaScript, on a phone, and what axe says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from library import journey
from library.clips.models import ClipPage
from library.consent import people, problems
from library.consent.models import PersonSeen, Problem
from tests.browsers import sign_in
from tests.cast import Cast
from tests.factories import playable_clip, published_clip
from tests.library.consent.test_people import told

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def live(cast: Cast, local_storages: Path) -> ClipPage:
    return published_clip(cast.school_a, cast.lan, cast.an)


def test_a_problem_is_reported_without_javascript(
    live_server: LiveServer, browser: Browser, live: ClipPage
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{live_server.url}/{live.public_path()}")
    page.get_by_role("link", name="Báo vấn đề của clip này").click()
    page.get_by_label("Bản quyền").check()
    page.get_by_label("Bạn muốn báo điều gì?").fill("Nhạc nền ở phút thứ hai")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Cảm ơn bạn")).to_be_visible()
    context.close()
    assert Problem.objects.get().reason == "copyright"


def public_pages(clip: ClipPage, gone: ClipPage) -> dict[str, str]:
    return {
        "report": reverse("consent:report", args=[clip.pk]),
        "thanks": reverse("consent:thanks", args=[clip.pk]),
        "gone": f"/{gone.public_path()}",
    }


def own_pages(clip: ClipPage, gone: ClipPage, seen: PersonSeen) -> dict[str, str]:
    return {
        "people": reverse("consent:clip", args=[clip.pk]),
        "person": reverse("consent:person", args=[seen.pk]),
        "add": reverse("consent:add", args=[clip.pk]),
        "withdraw": reverse("consent:withdraw", args=[clip.pk]),
        "withdrawn": reverse("consent:clip", args=[gone.pk]),
        "give anew": reverse("consent:give_anew", args=[gone.pk]),
    }


def admin_pages(problem: Problem) -> dict[str, str]:
    return {
        "queue": reverse("problems:queue"),
        "nothing": reverse("problems:queue") + "?state=done",
        "problem": reverse("problems:problem", args=[problem.pk]),
        "withdraw for": reverse("problems:withdraw", args=[problem.pk]),
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_its_pages_fit_the_screen_and_axe_finds_nothing(
    live_server: LiveServer, page: Page, cast: Cast, live: ClipPage, width: int
) -> None:
    clip = playable_clip(cast.school_a, cast.lan, consent="on_file")
    seen = people.write(PersonSeen(clip=clip), cast.lan, told(child_agreed_on=None))
    people.write(PersonSeen(clip=clip), cast.lan, told(who="Em Bình"))
    words = "Con tôi có trong clip, xin gỡ xuống. " * 6
    sent = {"reason": "image", "words": words, "email": "phu-huynh@example.org"}
    problem = problems.take(live, sent, "one")
    gone = published_clip(cast.school_a, cast.lan, cast.an, "Định luật Boyle")
    journey.consent_withdrawn(gone, cast.lan, "Mẹ của một em gọi điện cho trường")
    page.set_viewport_size({"width": width, "height": 800})
    found = looked_at(page, live_server.url, public_pages(live, gone))
    sign_in(page, live_server.url, cast.lan)
    found |= looked_at(page, live_server.url, own_pages(clip, gone, seen))
    sign_in(page, live_server.url, cast.minh)
    found |= looked_at(page, live_server.url, admin_pages(problem))
    assert found == {}


def looked_at(page: Page, server: str, paths: dict[str, str]) -> dict[str, str]:
    """What is wrong with each page: wider than the screen, or what axe reports."""
    wrong = {}
    width = page.viewport_size["width"] if page.viewport_size else 0
    for name, path in paths.items():
        page.goto(server + path)
        if folder := os.environ.get("CONSENT_SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        if report.violations_count:
            wrong[f"{name}, axe"] = report.generate_report()
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[f"{name}, width"] = path
    return wrong
