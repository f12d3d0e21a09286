"""The reviewer's page in a real browser, while a clip's picture sizes still come."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from tests.browsers import sign_in
from tests.cast import Cast
from tests.factories import only_watchable, whole

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

WORDS = "Tiếng ở phút 2 nhỏ quá"
PATIENCE = 20_000


def test_approve_comes_by_itself_and_typed_words_stay(
    live_server: LiveServer, page: Page, cast: Cast, clip: ClipPage
) -> None:
    asset = only_watchable(clip)
    sign_in(page, live_server.url, cast.minh)
    page.goto(live_server.url + reverse("review:clip", args=[clip.pk]))
    expect(page.locator(".review-stop")).to_contain_text("40 %")
    expect(page.locator(".review-stop")).to_contain_text("còn khoảng 3 phút")
    page.click(".review-answer--changes summary")
    page.fill("#changes-comment", WORDS)

    whole(asset)
    approve = page.locator(".review-answer--approve summary")
    expect(approve).to_be_visible(timeout=PATIENCE)
    expect(page.locator('[data-component="review-news"]')).to_contain_text("duyệt ngay")
    assert page.input_value("#changes-comment") == WORDS

    approve.click()
    page.click(".review-answer--approve button[type=submit]")
    page.wait_for_url("**/admin/review/")
    assert ClipPage.objects.get(pk=clip.pk).live
