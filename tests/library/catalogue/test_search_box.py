"""The search box that completes, in a real browser, by the keyboard and by touch."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from library.clips import records
from library.clips.models import ClipPage
from search import index
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    for title in ("Đạo hàm lớp 11", "Đạo hàm lớp 12", "Đạo đức"):
        clip = factories.live(cast.school_a, cast.lan, title=title)
        index.put(records.record_of(clip))
    return clip


@pytest.fixture
def box(live_server: LiveServer, page: Page, clip: ClipPage) -> Locator:
    page.goto(live_server.url)
    return page.get_by_role("combobox")


def options(box: Locator) -> Locator:
    return box.page.get_by_role("option")


def typed(box: Locator, text: str, count: int) -> None:
    box.press_sequentially(text)
    expect(options(box)).to_have_count(count)


def active(box: Locator) -> str:
    """What a screen reader says the focus is on: an option, or "" for the field itself."""
    name = box.get_attribute("aria-activedescendant")
    return box.page.locator(f"#{name}").inner_text() if name else ""


def test_suggestions_come_while_typing_and_are_counted_aloud(
    box: Locator, errors: list[str]
) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(box, "dao ha", 2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box.page.get_by_role("listbox")).to_be_visible()
    expect(box.page.get_by_role("group", name="Clip")).to_be_visible()
    expect(box.page.locator(".search-box [role=status]")).to_have_text("Số gợi ý: 2")
    assert options(box).first.locator("mark").inner_text() == "Đạo hàm"
    assert errors == []


def test_axe_finds_nothing_while_the_list_is_open(box: Locator) -> None:
    typed(box, "dao", 3)
    box.press("ArrowDown")
    report = Axe().run(box.page)
    assert report.violations_count == 0, report.generate_report()


def test_arrows_go_round_through_the_field(box: Locator) -> None:
    typed(box, "dao ha", 2)
    titles = options(box).all_inner_texts()
    seen = []
    for _ in range(4):
        box.press("ArrowDown")
        seen.append(active(box))
    assert seen == [*titles, "", titles[0]]
    box.press("ArrowUp")
    box.press("ArrowUp")
    assert active(box) == titles[1]
    expect(box).to_be_focused()


def test_home_and_end_are_the_fields_own(box: Locator) -> None:
    typed(box, "dao ha", 2)
    for key, caret in (("Home", 0), ("End", 6)):
        box.press("ArrowDown")
        box.press(key)
        assert active(box) == ""
        assert box.evaluate("node => node.selectionStart") == caret


def test_enter_on_a_suggestion_opens_it_and_without_one_searches(
    box: Locator, clip: ClipPage
) -> None:
    typed(box, "dao du", 1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(f"/clip/{clip.slug}-{clip.pk}/$"))
    box.fill("dao du")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/tim-kiem/\?q=dao\+du$"))


def test_a_tap_opens_the_suggestion(box: Locator, clip: ClipPage) -> None:
    typed(box, "dao du", 1)
    options(box).click()
    expect(box.page).to_have_url(re.compile(f"/clip/{clip.slug}-{clip.pk}/$"))


def test_escape_closes_the_list_and_then_empties_the_field(box: Locator) -> None:
    typed(box, "dao", 3)
    box.press("Escape")
    expect(box.page.locator("#q-list")).to_be_hidden()
    expect(box).to_have_value("dao")
    box.press("ArrowDown")
    expect(options(box)).to_have_count(3)
    box.press("Escape")
    box.press("Escape")
    expect(box).to_have_value("")


def test_leaving_the_field_closes_the_list(box: Locator) -> None:
    typed(box, "dao", 3)
    box.press("Tab")
    expect(box.page.locator("#q-list")).to_be_hidden()
    expect(box.page.get_by_role("button", name="Tìm kiếm", exact=True)).to_be_focused()


def test_nothing_to_suggest_is_said_and_shows_no_list(box: Locator) -> None:
    box.press_sequentially("khong co gi")
    status = box.page.locator(".search-box [role=status]")
    expect(status).to_have_text("Không có gợi ý")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_an_answer_that_comes_late_does_not_replace_a_later_one(box: Locator) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    box.page.route(re.compile(r"suggest\?q=dao&"), hold)
    box.press_sequentially("dao")
    expect(box.page.locator("html")).to_be_attached()
    while not held:
        box.page.wait_for_timeout(20)
    typed(box, " du", 1)
    held[0].continue_()
    box.page.wait_for_timeout(300)
    expect(options(box)).to_have_count(1)


def test_without_suggestions_the_form_still_searches(box: Locator) -> None:
    box.page.route("**/api/v1/suggest*", lambda route: route.abort())
    box.press_sequentially("dao duc")
    box.press("Enter")
    expect(box.page.locator(".result")).to_have_count(1)


def test_on_data_saver_nothing_is_asked_while_typing(
    live_server: LiveServer, page: Page, clip: ClipPage
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.add_cookies(
        [{"name": "data_saver", "value": "1", "url": live_server.url}]
    )
    page.goto(live_server.url)
    page.get_by_role("combobox").press_sequentially("dao ham")
    page.wait_for_timeout(400)
    assert [url for url in asked if "suggest" in url] == []


def test_without_a_script_the_box_is_a_plain_form(
    live_server: LiveServer, page: Page, clip: ClipPage
) -> None:
    assert page.context.browser is not None
    bare = page.context.browser.new_page(java_script_enabled=False)
    bare.goto(live_server.url)
    assert bare.get_by_role("combobox").count() == 0
    bare.get_by_role("searchbox").fill("dao duc")
    bare.get_by_role("searchbox").press("Enter")
    expect(bare.locator(".result")).to_have_count(1)
    bare.close()
