"""The screens of reorganising in a real browser: by hand, on a phone, done and undone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.units.models import Role, UnitPage
from tests.browsers import sign_in
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def looked_at(page: Page) -> None:
    """Nothing that axe finds, nothing wider than the screen."""
    page.wait_for_load_state()
    expect(page.locator(".messages .appear")).to_have_count(0)
    page.evaluate("document.querySelector('.messages ul').replaceChildren()")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_merger_by_hand_is_seen_done_and_undone(
    cast: Cast, live_server: LiveServer, page: Page, errors: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server.url, cast.an)
    page.goto(live_server.url + reverse("reorganising:index"))
    looked_at(page)
    page.get_by_role("link", name="Đợt sắp xếp mới").click()
    looked_at(page)
    page.get_by_label("Tên", exact=False).first.fill("Sáp nhập hai trường")
    page.get_by_label("Từ ngày").first.fill(f"{cast.school_a.names.get().valid_from}")
    page.get_by_label("Mọi người giữ vai trò ở đơn vị kế tục").check()
    line = page.get_by_role("group", name="Dòng 1")
    line.get_by_label("Mã đơn vị").fill("thpt-dong-xoai")
    line.get_by_label("Nhập hoặc tách vào").fill("thpt-hung-vuong")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("kết thúc, sáp nhập vào")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="mới")).to_contain_text("Lan")
    looked_at(page)
    page.get_by_role("button", name="Thực hiện sắp xếp").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()
    looked_at(page)
    ended = UnitPage.objects.get(code="thpt-dong-xoai")
    assert ended.get_parent().specific == cast.school_b
    held = cast.school_b.memberships.filter(user=cast.lan)
    assert held.get().role == Role.CONTRIBUTOR
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("đã hoàn tác ngày")).to_be_visible()
    assert UnitPage.objects.get(code="thpt-dong-xoai").ended_on is None
    assert not held.exists()
    assert errors == []
