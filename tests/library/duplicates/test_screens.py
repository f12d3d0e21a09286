"""The reviewer's page and both clips side by side, on a phone and on a desk."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from library.duplicates.models import Ruling, Verdict
from library.review import chain, setup
from tests.browsers import sign_in
from tests.cast import Cast
from tests.library.duplicates.factories import alike, draft_of, published

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    setup.ensure_workflow()
    clip = draft_of(cast.school_a, cast.lan, "Phương trình bậc hai một ẩn", sha256="")
    chain.submit(clip, cast.lan)
    title = "Phương trình bậc hai một ẩn, tiết 2 (bản quay lại có phụ đề)"
    other = draft_of(cast.school_c, cast.bao, title, sha256="")
    alike(clip, published(other, cast.an))
    return clip


def shot(page: Page, name: str) -> None:
    assert page.evaluate(WIDER) <= 0
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reviewer_compares_and_decides(
    live_server: LiveServer, page: Page, cast: Cast, draft: ClipPage, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 1800})
    sign_in(page, live_server.url, cast.minh)
    page.goto(live_server.url + reverse("review:clip", args=[draft.pk]))
    shot(page, f"review-{width}")
    page.locator(".pairs__list a").click()
    expect(page.locator(".pair__side")).to_have_count(2, timeout=30_000)
    shot(page, f"compare-{width}")
    page.locator(f'input[value="{Verdict.DUPLICATE}"]').check()
    page.fill("[name=words]", "Cùng một tiết dạy")
    page.click(".pair__decision button[type=submit]")
    expect(page.locator(".pairs__list strong")).to_be_visible(timeout=30_000)
    shot(page, f"decided-{width}")
    page.close()
    assert Ruling.objects.get().by == cast.minh
