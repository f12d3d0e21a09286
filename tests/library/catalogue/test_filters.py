"""The filters in a real browser: a column on wide screens, a sheet on phones, a tree of units."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from library.clips import records
from search import index
from tests.cast import Cast
from tests.library.clips import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PHONE = ViewportSize(width=360, height=700)


@pytest.fixture
def results(live_server: LiveServer, page: Page, cast: Cast) -> Page:
    for unit, owner in (
        (cast.school_a, cast.lan),
        (cast.school_b, cast.hoa),
        (cast.school_c, cast.bao),
    ):
        clip = factories.live(unit, owner, title=f"Bài của {unit.title}")
        index.put(records.record_of(clip))
    page.goto(f"{live_server.url}/tim-kiem/?q=bai")
    return page


@pytest.fixture
def on_a_phone(results: Page) -> Page:
    results.set_viewport_size(PHONE)
    results.reload()
    return results


def summary(page: Page) -> Locator:
    return page.locator(".filters > summary")


def sheet(page: Page) -> Locator:
    return page.locator("details.filters")


def test_on_wide_screens_filters_stand_beside_the_results(results: Page) -> None:
    expect(sheet(results)).to_have_attribute("open", "")
    expect(summary(results)).to_be_hidden()
    column = sheet(results).bounding_box()
    first = results.locator(".result").first.bounding_box()
    assert column is not None
    assert first is not None
    assert column["x"] + column["width"] <= first["x"]


def test_a_district_opens_by_the_keyboard_and_counts_its_schools(results: Page) -> None:
    opener = results.locator(".filter-item__below > summary", has_text="Đồng Xoài")
    district = results.get_by_role("link", name=re.compile("Thành đoàn Đồng Xoài"))
    expect(district).to_contain_text("2")
    school = results.get_by_role("link", name=re.compile("THPT Hùng Vương 1"))
    expect(school).to_be_hidden()
    opener.focus()
    opener.press("Enter")
    school.click()
    expect(results).to_have_url(re.compile(r"\?q=bai&don-vi=thpt-hung-vuong$"))
    expect(results.locator(".result")).to_have_count(1)
    chosen = results.locator(".filter--chosen")
    expect(chosen).to_contain_text("THPT Hùng Vương")
    expect(chosen).to_be_visible()
    results.get_by_role("link", name=re.compile("Bỏ lọc|Bỏ:")).first.click()
    expect(results.locator(".result")).to_have_count(3)


def test_on_a_phone_results_come_first_and_filters_on_demand(on_a_phone: Page) -> None:
    expect(on_a_phone.locator(".filters__group").first).to_be_hidden()
    first = on_a_phone.locator(".result").first.bounding_box()
    assert first is not None
    assert first["y"] < PHONE["height"]
    summary(on_a_phone).click()
    expect(on_a_phone.locator(".filters__group").first).to_be_visible()
    box = sheet(on_a_phone).bounding_box()
    assert box is not None
    assert (box["width"], box["y"] + box["height"]) == (360, 700)
    report = Axe().run(on_a_phone)
    assert report.violations_count == 0, report.generate_report()


def test_the_sheet_closes_by_its_head_by_escape_and_by_a_tap_beside_it(
    on_a_phone: Page,
) -> None:
    for close in ("head", "escape", "beside"):
        summary(on_a_phone).click()
        expect(sheet(on_a_phone)).to_have_attribute("open", "")
        if close == "head":
            summary(on_a_phone).click()
        elif close == "escape":
            on_a_phone.keyboard.press("Tab")
            on_a_phone.keyboard.press("Escape")
            expect(summary(on_a_phone)).to_be_focused()
        else:
            link = on_a_phone.get_by_role("link", name="Đăng nhập", exact=True)
            place = link.bounding_box()
            assert place is not None
            x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
            on_a_phone.mouse.click(x, y)  # by its place: it is behind the sheet
        expect(sheet(on_a_phone)).not_to_have_attribute("open", "")
    expect(on_a_phone).to_have_url(re.compile(r"\?q=bai$"))


def test_the_focus_never_goes_behind_the_sheet(on_a_phone: Page) -> None:
    summary(on_a_phone).click()
    on_a_phone.locator(".filters__group > summary").last.focus()
    on_a_phone.keyboard.press("Tab")
    expect(sheet(on_a_phone)).not_to_have_attribute("open", "")


def test_without_a_script_everything_opens_too(results: Page) -> None:
    assert results.context.browser is not None
    bare = results.context.browser.new_page(java_script_enabled=False, viewport=PHONE)
    bare.goto(results.url)
    summary(bare).click()
    opener = bare.locator(".filter-item__below > summary", has_text="Đồng Xoài")
    if not opener.is_visible():
        bare.locator(".filters__group > summary", has_text="Đơn vị").click()
    opener.click()
    bare.get_by_role("link", name=re.compile("THPT Hùng Vương 1")).click()
    expect(bare.locator(".result")).to_have_count(1)
    bare.close()
