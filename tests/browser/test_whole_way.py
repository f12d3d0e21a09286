"""The issue every user cares about: a file goes in at one end and is watched and counted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Library, SignIn
from tests.clips import clip as file_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ffmpeg,
    pytest.mark.process,
]
TITLE = "Đường tròn lượng giác"


def upload(page: Page) -> None:
    """A file that is no video first; the good one takes its place, the words stay."""
    page.goto("/dong-gop/tai-len/")
    page.set_input_files("[data-part=file]", file_of("page"))
    page.wait_for_selector("form[data-part=form]")
    page.fill("input[name=title]", TITLE)
    expect(page.locator("[data-component=uploader] .stage")).to_contain_text("MP4")
    page.set_input_files("[data-part=file]", file_of("long slides"))
    page.wait_for_selector("[data-component=uploader][data-state=done]")
    expect(page.locator("input[name=title]")).to_have_value(TITLE)
    page.fill("textarea[name=description]", "Nhắc lại định nghĩa và dấu các giá trị.")
    page.select_option("select[name=kind]", label="Bài giảng")
    page.select_option("select[name=subject]", label="Toán")
    page.get_by_label("Lớp 10", exact=True).check()
    page.check("input[name=licence][value='CC-BY-4.0']")
    page.check("input[name=consent][value=no_minors]")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("button[name=submit]")
    page.wait_for_selector("[data-details] [role=status] >> text=/duyệt/")


def test_uploaded_approved_watched_found_and_counted(
    library: Library, visit: SignIn
) -> None:
    before = library.counted("thpt-dong-xoai")

    contributor = visit("thptdongxoai")
    upload(contributor)
    contributor.goto("/dong-gop/")
    expect(contributor.locator("main")).to_contain_text(TITLE)

    curator = visit("duyet.dongxoai")
    comes(curator, "/admin/review/", f"a:has-text('{TITLE}')")
    curator.locator(f"a:has-text('{TITLE}')").first.click()
    # The first rung can be watched before all are there; approving waits for all.
    comes(curator, curator.url, ".review-answer--approve summary")
    curator.click(".review-answer--approve summary")
    curator.click(".review-answer--approve button[type=submit]")
    curator.wait_for_load_state()

    guest = visit()
    comes(guest, "/tim-kiem/?q=duong+tron+luong+giac", "mark")
    guest.locator("article a").first.click()
    guest.wait_for_url("**/clip/duong-tron-luong-giac-*/**")
    expect(guest.locator("h1")).to_have_text(TITLE)
    watches_three_seconds(guest)

    assert library.counted("thpt-dong-xoai") == before + 1
    assert library.counted("binh-phuoc") >= before + 1
    contributor.goto("/dong-gop/")
    expect(contributor.locator(".my-clip").first).to_contain_text("xem được")


def comes(page: Page, address: str, what: str) -> None:
    """Looks again until it is there: workers take their time."""
    for _ in range(90):
        page.goto(address)
        if page.locator(what).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{what} never came at {address}")


def watches_three_seconds(page: Page) -> None:
    page.locator("[data-component=player] button").first.click()
    page.wait_for_function(
        "() => { const v = document.querySelector('video');"
        " return v.currentTime >= 3 && v.videoWidth > 0; }",
        timeout=30_000,
    )
    started = page.evaluate("document.querySelector('video').currentTime")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('video').currentTime") > started
