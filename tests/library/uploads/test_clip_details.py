"""The details page in a real browser: it never says “saved” of what was not."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from library.clips import drafts
from library.clips.models import ClipPage
from media_pipeline.models import Asset, Package
from media_pipeline.states import State
from tests.browsers import sign_in
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SAVED = '[data-part="saved"]'


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.attach(clip, factories.asset(playable=False))
    drafts.save_details(clip, cast.lan, factories.details())
    return clip


@pytest.fixture
def opened(live_server: LiveServer, page: Page, cast: Cast, clip: ClipPage) -> Page:
    sign_in(page, live_server.url, cast.lan)
    page.goto(f"{live_server.url}{reverse('uploads:clip', args=[clip.pk])}")
    return page


def signed_out(page: Page) -> str:
    details = '[data-component="details"]'
    return str(page.get_attribute(details, "data-say-signed-out"))


def until(page: Page, selector: str, words: str) -> None:
    for _ in range(100):
        if words in (page.text_content(selector) or ""):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{selector} never said {words!r}: {page.text_content(selector)!r}")


def test_a_session_that_is_over_is_said_and_nothing_typed_is_lost(
    live_server: LiveServer, opened: Page, cast: Cast, clip: ClipPage
) -> None:
    Session.objects.all().delete()
    opened.fill("[name=description]", "Gõ sau khi hết phiên")
    said = signed_out(opened)
    until(opened, SAVED, said)
    opened.click("button[name=save]")
    opened.wait_for_timeout(1000)
    assert opened.input_value("[name=description]") == "Gõ sau khi hết phiên"
    assert said in str(opened.text_content(SAVED))

    sign_in(opened, live_server.url, cast.lan)
    with opened.expect_response(lambda answer: answer.request.method == "POST"):
        opened.click("button[name=save]")
    opened.wait_for_selector(".notice")
    assert drafts.latest(clip).description == "Gõ sau khi hết phiên"


def test_an_old_token_is_not_called_saved_either(opened: Page, clip: ClipPage) -> None:
    opened.context.clear_cookies(name="csrftoken")
    opened.fill("[name=description]", "Không có mã")
    until(opened, SAVED, signed_out(opened))
    assert drafts.latest(clip).description == ""


def test_under_review_the_page_says_why_it_does_not_save(
    opened: Page, cast: Cast, clip: ClipPage
) -> None:
    row = ClipPage.objects.get(pk=clip.pk)
    row.locked, row.locked_by = True, cast.an
    row.save(clean=False)
    opened.fill("[name=description]", "Quá muộn")
    until(opened, SAVED, "đang được duyệt")


def test_a_change_before_the_first_question_is_noticed(
    opened: Page, clip: ClipPage
) -> None:
    opened.evaluate(
        "document.addEventListener('stage-changed', (event) => {"
        " document.title = event.detail.code; })"
    )
    asset = Asset.objects.get(clip=clip.pk)
    asset.state = State.PLAYABLE
    asset.package = Package.objects.create(
        asset=asset, prefix="packages/x/1", is_whole=True
    )
    asset.save()
    for _ in range(100):
        if opened.title() == "ready":
            break
        opened.wait_for_timeout(100)
    assert opened.title() == "ready"
    opened.wait_for_selector('[data-part="watch"] a')  # the parts beside it came too


def test_signing_out_does_not_put_the_sign_in_page_into_the_new_page(
    live_server: LiveServer, opened: Page, browser: Browser, clip: ClipPage
) -> None:
    Session.objects.all().delete()
    told = opened.evaluate(
        "import('/static/js/clip-details.js').then(async (module) => {"
        " const box = document.createElement('div');"
        " const isThere = await module.loadDetails(box, location.pathname);"
        " return [isThere, box.innerHTML]; })"
    )
    assert told == [False, ""]
