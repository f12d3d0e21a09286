"""Claiming, approving several and reading the inbox in a real browser, on phone and desk."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from library.review import chain, claims
from library.units.models import Role
from tests.browsers import sign_in
from tests.cast import Cast, member, person
from tests.factories import playable_clip
from tests.library.test_admin_screens import OUTSIDE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SIZES = [pytest.param(360, id="phone"), pytest.param(1280, id="desk")]


def looks_well(page: Page) -> None:
    """Nothing sticks out of the screen, and axe finds nothing."""
    assert page.evaluate(OUTSIDE) == []
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("width", SIZES)
def test_from_the_queue_to_several_approved(
    live_server: LiveServer, page: Page, cast: Cast, clip: ClipPage, width: int
) -> None:
    held = playable_clip(cast.school_a, cast.lan, "Bài người khác đang xem")
    chain.submit(held, cast.lan)
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    step = chain.waiting_step(held)
    assert step is not None
    claims.take(step, thu)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server.url, cast.minh)
    page.goto(live_server.url + reverse("review:queue"))
    expect(page.locator(".review-row", has_text=held.title)).to_contain_text("Thu")
    for box in page.locator('input[name="clip"]').all():
        box.check()
    looks_well(page)
    page.get_by_role("button", name="Xem các clip đã đánh dấu để duyệt").click()
    expect(page.locator(".review-bad")).to_have_text("Thu đang nhận duyệt clip này.")
    looks_well(page)
    page.locator('input[name="approve"]').check()
    page.get_by_role("button", name="Duyệt các clip đã đánh dấu").click()
    expect(page.get_by_text("Tất cả đã được duyệt.")).to_be_visible()
    looks_well(page)
    assert ClipPage.objects.get(pk=clip.pk).live
    assert not ClipPage.objects.get(pk=held.pk).live


@pytest.mark.parametrize("width", SIZES)
def test_a_claim_is_taken_over_after_a_warning_and_told(
    live_server: LiveServer, page: Page, cast: Cast, clip: ClipPage, width: int
) -> None:
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    step = chain.waiting_step(clip)
    assert step is not None
    claims.take(step, thu)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server.url, cast.minh)
    page.goto(live_server.url + reverse("review:clip", args=[clip.pk]))
    expect(page.locator(".review-answer")).to_have_count(0)
    page.get_by_role("link", name="Nhận thay").click()
    expect(page.get_by_text("Tốt nhất hãy hỏi trước")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Nhận thay").click()
    expect(page.locator(".review-answer")).to_have_count(3)
    page.fill("textarea[name=words]", "Cô Lan hẹn thu lại")
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.locator(".review-notes__list")).to_contain_text("hẹn thu lại")
    page.reload()  # Wagtail's own message, still fading in, has too little contrast
    expect(page.locator(".review-notes__list")).to_contain_text("hẹn thu lại")
    looks_well(page)
    sign_in(page, live_server.url, thu)
    page.goto(live_server.url + reverse("review:inbox"))
    told = page.get_by_role("button", name="Người duyệt khác đã nhận thay")
    expect(told).to_be_visible()
    looks_well(page)
    told.click()
    expect(page.get_by_text("Minh đang nhận duyệt clip này")).to_be_visible()


@pytest.mark.parametrize("width", SIZES)
def test_steps_are_set_and_the_contributor_reads_the_thread(
    live_server: LiveServer, page: Page, cast: Cast, clip: ClipPage, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server.url, cast.an)
    page.goto(live_server.url + reverse("review:chains"))
    looks_well(page)
    page.select_option("select[name=unit]", cast.province.code)
    page.get_by_role("button", name="Tiếp").click()
    page.select_option("select[name=step_1]", label="district")
    looks_well(page)
    page.get_by_role("button", name="Đặt các bước").click()
    expect(page.locator(".review-row", has_text=cast.province.title)).to_be_visible()
    step = chain.waiting_step(clip)
    assert step is not None
    chain.ask_for_changes(step, cast.minh, "quality", "Tiếng ở phút 2 nhỏ quá")
    sign_in(page, live_server.url, cast.lan)
    page.goto(live_server.url + reverse("uploads:clip", args=[clip.pk]))
    expect(page.locator(".thread")).to_contain_text("Tiếng ở phút 2 nhỏ quá")
    looks_well(page)
