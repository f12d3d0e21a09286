"""An admin invites by a code; a newcomer opens its address on a phone and may begin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from library.invitations.models import Invitation
from tests.browsers import sign_in
from tests.cast import Cast
from tests.library.invitations.conftest import days

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_from_a_printed_code_to_the_own_clips(
    live_server: LiveServer,
    browser: Browser,
    page: Page,
    errors: list[str],
    cast: Cast,
    head: User,
) -> None:
    sign_in(page, live_server.url, head)
    page.goto(live_server.url + reverse("unit_invitations:new"))
    page.select_option("select[name=unit]", str(cast.school_a.pk))
    page.check("input[name=role][value=contributor]")
    page.fill("input[name=places]", "3")
    page.fill("input[name=last_day]", days(9).isoformat())
    page.click("main button[type=submit]")
    page.wait_for_url("**/slips/?id=*")
    made = Invitation.objects.get()
    expect(page.locator(".slip__code")).to_have_text(made.code_in_groups)
    assert page.evaluate("document.querySelector('.slip__qr').naturalWidth") > 0
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    phone = browser.new_page(viewport={"width": 360, "height": 740}, locale="vi-VN")
    phone.goto(live_server.url + reverse("invitations:open", args=[made.code]))
    expect(phone.locator("main")).to_contain_text(cast.school_a.title)
    assert made.code not in phone.url
    phone.get_by_role("link", name="Tôi là người mới").click()
    phone.get_by_label("Họ và tên").fill("Nguyễn Thị Mai")
    phone.get_by_label("Tên đăng nhập").fill("mai.nguyen")
    phone.get_by_label("Thư điện tử").fill("mai@example.org")
    phone.get_by_label("Mật khẩu", exact=True).fill("cau-vong-sau-mua-91")
    phone.get_by_label("Nhập lại mật khẩu").fill("cau-vong-sau-mua-91")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="Tạo tài khoản và nhận lời").click()
    phone.wait_for_url("**" + reverse("uploads:my_clips"))
    expect(phone.locator(".messages")).to_contain_text("Chào mừng bạn")
    assert (
        User.objects.get(username="mai.nguyen").memberships.get().unit == cast.school_a
    )
    phone.context.close()
    assert errors == []
