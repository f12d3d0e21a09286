"""The encoding in a real browser: numbers move by themselves, and acts ask first."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.browsers import sign_in
from tests.cast import Cast
from tests.library.encoding import factories
from tests.library.encoding.factories import asset_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PATIENCE = 20_000


def goes_on(clip: ClipPage, progress: float, seconds_left: int) -> None:
    Job.objects.filter(key=asset_of(clip).job_key).update(
        progress=progress, seconds_left=seconds_left
    )


def ends(clip: ClipPage, state: State, reason: str = "") -> None:
    Asset.objects.filter(clip=clip).update(state=state, reason=reason)
    Job.objects.filter(key=asset_of(clip).job_key).update(state=Job.State.DONE)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("where", ["report", "editor", "contributor"])
def test_percent_and_time_left_move_by_themselves_until_it_is_over(
    live_server: LiveServer, page: Page, cast: Cast, where: str, width: int
) -> None:
    clip = factories.running(cast.school_a, cast.lan, progress=0.4, seconds_left=170)
    address, user = {
        "report": (reverse("encoding:report"), cast.an),
        "editor": (reverse("wagtailadmin_pages:edit", args=[clip.pk]), cast.an),
        "contributor": (reverse("uploads:clip", args=[clip.pk]), cast.lan),
    }[where]
    sign_in(page, live_server.url, user)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + address)
    stage = page.locator("[data-component=clip-stage]").first
    expect(stage).to_contain_text("40 %")
    expect(stage).to_contain_text("còn khoảng 3 phút")
    goes_on(clip, 0.7, 50)
    expect(stage).to_contain_text("70 %", timeout=PATIENCE)
    expect(stage).to_contain_text("còn chưa đến 1 phút")
    ends(clip, State.FAILED, "disk_full")
    expect(stage).not_to_contain_text("70 %", timeout=PATIENCE)
    width_of_all = page.evaluate("document.documentElement.scrollWidth")
    assert width_of_all <= width


def test_a_place_in_the_queue_moves_up(
    live_server: LiveServer, page: Page, cast: Cast
) -> None:
    first = factories.queued(cast.school_a, cast.lan, "Bài 1")
    second = factories.queued(cast.school_a, cast.lan, "Bài 2")
    sign_in(page, live_server.url, cast.lan)
    page.goto(live_server.url + reverse("uploads:clip", args=[second.pk]))
    stage = page.locator("[data-component=clip-stage]").first
    expect(stage).to_contain_text("đang chờ (thứ 2 trong hàng)")
    ends(first, State.FAILED, "tool")
    expect(stage).to_contain_text("đang chờ (kế tiếp)", timeout=PATIENCE)


def test_a_failed_clip_is_tried_again_from_the_report(
    live_server: LiveServer, page: Page, cast: Cast, errors: list[str]
) -> None:
    clip = factories.failed(cast.school_a, cast.lan, "Bị lỗi", detail="ENOSPC")
    sign_in(page, live_server.url, cast.an)
    page.goto(live_server.url + reverse("encoding:report"))
    row = page.locator("#listing-results tr", has_text="Bị lỗi")
    row.locator("summary").click()
    expect(row.locator("pre")).to_have_text("ENOSPC")
    row.get_by_role("link", name="Thử lại").click()
    page.get_by_role("button", name="Thử lại").click()
    page.wait_for_url("**" + reverse("encoding:report"))
    expect(page.locator("#listing-results")).to_contain_text("đang chờ (kế tiếp)")
    assert asset_of(clip).state == State.RECEIVED
    assert errors == []


def test_a_list_can_be_narrowed_without_leaving_the_page(
    live_server: LiveServer, page: Page, cast: Cast
) -> None:
    factories.failed(cast.school_a, cast.lan, "Bị lỗi")
    factories.clip(cast.school_a, cast.lan, State.PLAYABLE, "Phát được")
    sign_in(page, live_server.url, cast.an)
    page.goto(live_server.url + reverse("encoding:report"))
    results = page.locator("#listing-results")
    expect(results.get_by_role("link", name="Phát được")).to_be_visible()
    page.get_by_role("button", name="Hiện bộ lọc").click()
    page.get_by_role("button", name="Tình trạng").click()
    page.get_by_role("radio", name="lỗi hệ thống").check()
    expect(results.get_by_role("link", name="Phát được")).to_have_count(0)
    expect(results.get_by_role("link", name="Bị lỗi")).to_be_visible()


def test_who_cannot_see_it_can_use_it_too(
    live_server: LiveServer, page: Page, cast: Cast
) -> None:
    school, lan = cast.school_a, cast.lan
    factories.running(school, lan, progress=0.4)
    factories.queued(school, lan)
    clip = factories.failed(school, lan, detail="ENOSPC")
    factories.clip(school, lan, State.REFUSED, reason="too_long")
    factories.clip(school, lan, State.PLAYABLE)
    sign_in(page, live_server.url, cast.an)
    for address, part in (
        (reverse("encoding:report"), "#main"),
        (reverse("encoding:retry", args=[clip.pk]), "#main"),
        (reverse("wagtailadmin_pages:edit", args=[clip.pk]), ".video-panel"),
        (reverse("uploads:my_clips"), "main"),
        (reverse("uploads:retry", args=[clip.pk]), "main"),
    ):
        page.goto(live_server.url + address)
        found = Axe().run(page, context=part)
        broken = [
            f"{one['id']}: {node['html'][:120]}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        assert broken == [], address
