"""The watch page in a real browser, with a clip that the real engine encoded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, Route
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from library.viewing import counting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ffmpeg,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

VIDEO = "document.querySelector('video')"


def address(server: LiveServer, clip: ClipPage, query: str = "") -> str:
    return f"{server.url}/clip/{clip.slug}-{clip.pk}/{query}"


def until(page: Page, expression: str) -> None:
    """Playwright's own waiting evaluates strings, which the site's policy forbids."""
    for _ in range(400):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never became true: {expression}")


def play(page: Page) -> None:
    page.click(".player__start")
    moved = f"{VIDEO}.videoWidth > 0 && {VIDEO}.played.length > 0"
    until(page, f"{moved} && {VIDEO}.currentTime > {VIDEO}.played.start(0)")


def now(page: Page) -> float:
    return float(page.evaluate(f"{VIDEO}.currentTime"))


def source(page: Page) -> str:
    return str(page.evaluate(f"{VIDEO}.currentSrc"))


@pytest.fixture
def watched(live_server: LiveServer, page: Page, playing_clip: ClipPage) -> Page:
    page.goto(address(live_server, playing_clip))
    return page


def test_nothing_of_the_clip_is_loaded_before_play(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(live_server, playing_clip), wait_until="networkidle")
    assert not [url for url in asked if url.endswith((".m3u8", ".m4s", ".mp4", ".mjs"))]


def test_it_plays_by_hls_and_breaks_no_policy(watched: Page, errors: list[str]) -> None:
    play(watched)
    start = now(watched)
    until(watched, f"{VIDEO}.currentTime > {start + 1}")
    assert source(watched).startswith("blob:")
    assert errors == []


def test_without_the_hls_script_the_plain_file_plays(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    page.route("**/vendor/hls/**", lambda route: route.abort())
    page.goto(address(live_server, playing_clip))
    play(page)
    assert source(page).endswith("/download.mp4")


def test_when_segments_do_not_come_it_goes_on_with_the_plain_file(
    watched: Page,
) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=404)

    watched.route("**/*.m4s", fail)
    play(watched)
    assert source(watched).endswith("/download.mp4")


def test_least_data_is_the_plain_file_and_is_remembered(watched: Page) -> None:
    watched.select_option("[data-player=quality]", "saver")
    play(watched)
    assert source(watched).endswith("/download.mp4")
    watched.reload()
    assert watched.input_value("[data-player=quality]") == "saver"


def test_changing_the_picture_while_playing_keeps_the_place(watched: Page) -> None:
    play(watched)
    watched.evaluate(f"{VIDEO}.currentTime = 9")
    watched.select_option("[data-player=quality]", "saver")
    until(watched, f"{VIDEO}.currentSrc.endsWith('.mp4')")
    until(watched, f"{VIDEO}.currentTime >= 9")


def test_a_line_of_the_transcript_starts_there_and_is_marked(watched: Page) -> None:
    watched.click(".transcript__lines a >> nth=1")
    until(watched, f"{VIDEO}.currentTime > 4")
    marked = watched.locator(".transcript__lines [aria-current]")
    assert "Day la tiep tuyen" in marked.inner_text()


def test_a_start_time_in_the_address_is_kept(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    page.goto(address(live_server, playing_clip, "?t=5"))
    play(page)
    assert now(page) >= 5


def test_it_goes_on_where_it_was_left_and_home_offers_it(
    live_server: LiveServer, watched: Page
) -> None:
    play(watched)
    watched.evaluate(f"{VIDEO}.currentTime = 12")
    until(watched, f"{VIDEO}.currentTime > 12.2")
    watched.evaluate(f"{VIDEO}.pause()")
    watched.goto(live_server.url)
    row = watched.locator("[data-component=continue-row]")
    row.get_by_role("link", name="Đường tròn").click()
    play(watched)
    assert now(watched) >= 12


def test_keys_work_in_the_player_and_nowhere_else(watched: Page) -> None:
    play(watched)
    watched.keyboard.press("k")
    assert watched.evaluate(f"{VIDEO}.paused")
    before = now(watched)
    watched.keyboard.press("l")
    assert now(watched) == pytest.approx(before + 10, abs=0.5)
    watched.focus("#q")
    watched.keyboard.press("j")
    assert watched.input_value("#q") == "j"
    assert now(watched) == pytest.approx(before + 10, abs=0.5)


def test_the_speed_is_remembered(watched: Page) -> None:
    watched.select_option("[data-player=speed]", "1.5")
    watched.reload()
    play(watched)
    assert watched.evaluate(f"{VIDEO}.playbackRate") == 1.5


def test_without_a_script_the_browser_plays_the_plain_file(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    browser = page.context.browser
    assert browser is not None
    bare = browser.new_page(java_script_enabled=False)
    bare.goto(address(live_server, playing_clip, "?t=5"))
    assert bare.get_attribute("video source", "src", strict=True).endswith("#t=5")  # type: ignore[union-attr]
    assert bare.locator("video").get_attribute("controls") is not None
    assert not bare.locator(".player__bar").is_visible()
    bare.close()


def test_it_says_once_that_it_was_watched(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        if "/da-xem/" in answer.url:
            answers.append(answer)

    page.on("response", note)
    page.goto(address(live_server, playing_clip))
    play(page)
    page.evaluate(f"{VIDEO}.currentTime = 9.5")  # a jump is no watching
    until(page, f"{VIDEO}.currentTime > 12")
    assert not answers
    until(page, f"{VIDEO}.ended")
    assert [answer.status for answer in answers] == [204]
    assert counting.totals([playing_clip.pk]) == {playing_clip.pk: 1}
