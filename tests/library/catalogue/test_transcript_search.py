"""Search inside one clip, in a real browser, with a clip that really plays."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from library.catalogue.transcripts import transcript_of
from library.clips import records
from library.clips.models import CaptionTrack, ClipPage
from search import index
from search.models import Synonym
from search.text import tokens
from tests.library.catalogue.test_player import VIDEO, address, now, play, until
from tests.library.catalogue.test_transcripts import question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ffmpeg,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def watched(live_server: LiveServer, page: Page, playing_clip: ClipPage) -> Page:
    index.put(records.record_of(playing_clip))
    page.goto(address(live_server, playing_clip))
    return page


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Tìm trong clip này")


def shown(page: Page) -> list[str]:
    return [
        text.strip()
        for text in page.locator(
            ".transcript__lines li:not([hidden]) .transcript__words"
        ).all_text_contents()
    ]


def test_only_the_lines_that_say_it_are_left_at_once(
    watched: Page, errors: list[str]
) -> None:
    field(watched).press_sequentially("tiếp tu")
    assert shown(watched) == ["Day la tiep tuyen"]
    assert watched.locator(".transcript__lines mark").inner_text() == "tiep tuyen"
    expect(watched.locator(".transcript__found")).to_have_text("Số chỗ tìm thấy: 1")
    assert errors == []


@pytest.mark.parametrize("by", ["Escape", "its link"])
def test_the_whole_comes_back_by_escape_and_by_its_link(watched: Page, by: str) -> None:
    field(watched).fill("tron")
    assert len(shown(watched)) == 1
    if by == "Escape":
        field(watched).press("Escape")
    else:
        watched.get_by_role("link", name="Toàn bộ lời thoại").click()
    assert len(shown(watched)) == 2
    expect(field(watched)).to_be_focused()
    expect(field(watched)).to_have_value("")
    assert watched.locator(".transcript__lines mark").count() == 0


def test_enter_jumps_to_the_place_and_keeps_the_field(watched: Page) -> None:
    field(watched).fill("tiep")
    field(watched).press("Enter")
    until(watched, f"{VIDEO}.currentTime > 4")
    expect(watched.locator(".transcript__found")).to_have_text("1 / 1")


def test_words_that_stand_nowhere_are_asked_of_the_server(watched: Page) -> None:
    field(watched).fill("khong co gi")
    assert shown(watched) == []
    field(watched).press("Enter")
    expect(watched).to_have_url(re.compile(r"\?tim=khong\+co\+gi#loi-thoai$"))
    expect(watched.locator(".transcript__found")).to_have_text("Số chỗ tìm thấy: 0")


@pytest.mark.parametrize(
    "text", ["duong tron ", "TIẾP TUYẾN ", "ve day ", "mot hai ", "🙂 ", "la la ", "x "]
)
def test_the_script_and_the_server_find_the_same_lines(
    watched: Page, playing_clip: ClipPage, text: str
) -> None:
    lines = transcript_of(playing_clip, question(text)).lines
    field(watched).fill(text)
    assert shown(watched) == [line.text for line in lines if not line.is_hidden]


@pytest.fixture
def abbreviations(watched: Page) -> None:
    for words, means in (("ttd", "tiếp tuyến"), ("dt", "đường tròn"), ("hd", "nay ve")):
        Synonym.objects.create(words=words, means=means)


def test_the_script_finds_what_an_abbreviation_stands_for_while_it_is_typed(
    watched: Page, abbreviations: None, errors: list[str]
) -> None:
    field(watched).press_sequentially("ttd")
    said = watched.locator(".transcript__lines li:not([hidden]) .transcript__words")
    expect(said).to_have_text("Day la tiep tuyen")
    expect(said.locator("mark")).to_have_text("tiep tuyen")
    expect(watched.locator(".transcript__found")).to_have_text("Số chỗ tìm thấy: 1")
    field(watched).press("Enter")
    until(watched, f"{VIDEO}.currentTime > 4")
    assert errors == []


def test_thpt_finds_where_trung_hoc_pho_thong_is_said(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nHọc phổ thông trung bình"
    vtt += "\n\n00:04.000 --> 00:08.000\nTrường Trung học phổ thông Hùng Vương"
    CaptionTrack.objects.filter(clip=playing_clip).update(vtt=vtt)
    page.goto(address(live_server, playing_clip))
    field(page).press_sequentially("thpt")
    said = page.locator(".transcript__lines li:not([hidden]) .transcript__words")
    expect(said).to_have_text("Trường Trung học phổ thông Hùng Vương")
    expect(said.locator("mark")).to_have_text("Trung học phổ thông")


@pytest.mark.parametrize("text", ["dt ", "hoc dt ", "ttd la day ", "hd ", "dt ttd "])
def test_with_abbreviations_the_script_and_the_server_find_the_same_lines(
    watched: Page, abbreviations: None, playing_clip: ClipPage, text: str
) -> None:
    lines = transcript_of(playing_clip, question(text)).lines
    with watched.expect_response("**/nghia/**"):
        field(watched).fill(text)
    expect(
        watched.locator(".transcript__lines li:not([hidden]) .transcript__words")
    ).to_have_text([line.text for line in lines if not line.is_hidden])


def test_where_the_server_cannot_be_asked_the_words_are_sought_as_typed(
    watched: Page, abbreviations: None
) -> None:
    watched.context.set_offline(True)
    field(watched).fill("ttd")
    expect(watched.locator(".transcript__found")).to_have_text("Số chỗ tìm thấy: 0")
    field(watched).fill("tron")
    assert shown(watched) == ["Hom nay ta hoc ve duong tron"]


def test_on_data_saver_the_server_is_asked_by_enter_alone(
    watched: Page, abbreviations: None
) -> None:
    asked: list[str] = []
    watched.on("request", lambda request: asked.append(request.url))
    watched.evaluate("document.documentElement.classList.add('data-saver')")
    field(watched).fill("ttd")
    expect(watched.locator(".transcript__found")).to_have_text("Số chỗ tìm thấy: 0")
    assert not [url for url in asked if "nghia" in url]
    field(watched).press("Enter")
    expect(watched).to_have_url(re.compile(r"tim=ttd"))
    assert shown(watched) == ["Day la tiep tuyen"]


def test_an_abbreviation_finds_without_a_script_too(
    live_server: LiveServer, abbreviations: None, page: Page, playing_clip: ClipPage
) -> None:
    assert page.context.browser is not None
    bare = page.context.browser.new_page(java_script_enabled=False)
    bare.goto(address(live_server, playing_clip))
    field(bare).fill("ttd")
    field(bare).press("Enter")
    expect(bare).to_have_url(re.compile(r"tim=ttd"))
    assert shown(bare) == ["Day la tiep tuyen"]
    bare.close()


def test_the_script_folds_as_the_search_does(watched: Page) -> None:
    text = (
        "Tiếng Việt: hoà hòa THUÝ lí lý kĩ Mỹ quý qui quy ngày ngài Đường ðường "
        "ĐỒNG ơ ư ữ ợ ặ cà-phê H₂SO₄ ½ ① Ｌớp 10 x_y k y kyoto e\u0301 "
        "a\u0302\u0301 o\u0323\u0302 to\u200bán ﬁ 👩‍🏫 hy tỷ bỉ"
    )
    module = watched.evaluate(
        "async (text) => (await import('/static/js/fold.js')).words(text)"
        ".map(({start, end, folded}) => [text.slice(start, end), folded])",
        text,
    )
    expected = [[token.text, token.folded] for token in tokens(text)]
    assert module == expected


def test_axe_finds_nothing_in_a_searched_transcript(watched: Page) -> None:
    field(watched).fill("tron")
    report = Axe().run(watched)
    assert report.violations_count == 0, report.generate_report()


def test_without_a_script_the_form_asks_the_server(
    live_server: LiveServer, page: Page, playing_clip: ClipPage
) -> None:
    index.put(records.record_of(playing_clip))
    assert page.context.browser is not None
    bare = page.context.browser.new_page(java_script_enabled=False)
    bare.goto(address(live_server, playing_clip))
    field(bare).fill("tiep tuyen")
    field(bare).press("Enter")
    expect(bare).to_have_url(re.compile(r"tim=tiep\+tuyen"))
    assert shown(bare) == ["Day la tiep tuyen"]
    bare.locator(".transcript__lines li:not([hidden]) a").click()
    expect(bare).to_have_url(re.compile(r"\?t=4&tim=tiep\+tuyen$"))
    bare.get_by_role("link", name="Toàn bộ lời thoại").click()
    expect(bare).not_to_have_url(re.compile(r"tim="))
    assert len(shown(bare)) == 2
    bare.close()


def test_a_moment_in_the_results_shows_the_sentence_and_plays_from_there(
    live_server: LiveServer, watched: Page
) -> None:
    watched.goto(f"{live_server.url}/tim-kiem/?q=tiếp+tuyến")
    moment = watched.get_by_role("list", name="Lời nói trong clip").get_by_role("link")
    assert moment.inner_text().split() == ["00:04", "Day", "la", "tiep", "tuyen"]
    assert moment.locator("mark").inner_text() == "tiep tuyen"
    moment.click()
    play(watched)
    assert now(watched) >= 4
