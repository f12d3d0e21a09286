from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from library.catalogue import transcripts
from library.clips import captions, records
from library.clips.models import ClipPage
from search import index
from search.models import Synonym
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.clips import factories

VTT = """WEBVTT

00:01.000 --> 00:02.000
Đạo hàm của hàm số

00:31.500 --> 00:33.000
Ta học kĩ năng & đạo đức

02:31.500 --> 02:33.000
Tính đạo hàm <ở đây>
"""

ENGLISH = "WEBVTT\n\n00:31.500 --> 00:33.000\nThe derivative\n"


def question(text: str) -> QueryDict:
    parameters = QueryDict(mutable=True)
    parameters["tim"] = text
    return parameters


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    draft = playable_clip(cast.school_a, cast.lan)
    captions.take(draft, cast.lan, "en", ENGLISH.encode())
    clip = captions.take(draft, cast.lan, "vi", VTT.encode())
    factories.approve(clip)
    clip.get_latest_revision().publish()
    clip = ClipPage.objects.get(pk=clip.pk)
    index.put(records.record_of(clip))
    return clip


def found(clip: ClipPage, text: str) -> list[str]:
    lines = transcripts.transcript_of(clip, question(text)).lines
    return [line.clock for line in lines if not line.is_hidden]


def meant(text: str) -> list[dict[str, list[object]]]:
    answer = Client().get("/tim-kiem/nghia/", {"tim": text})
    assert answer["Cache-Control"] == "public, max-age=60"
    meanings: list[dict[str, list[object]]] = answer.json()["meanings"]
    return meanings


def test_what_words_stand_for_is_told_folded_and_as_editors_have_it_now(
    db: None,
) -> None:
    assert meant("ôn đđtt") == meant("") == meant("\x00" * 400) == []
    row = Synonym.objects.create(words="đđtt", means="Đạo đức tốt")
    assert meant("ôn ĐĐTT 10") == [
        {"typed": ["ddtt"], "others": [["dao", "duc", "tot"]]}
    ]
    row.delete()
    assert meant("ôn đđtt") == []


def test_the_transcript_is_the_vietnamese_captions_with_links(clip: ClipPage) -> None:
    lines = transcripts.transcript_of(clip, QueryDict("")).lines
    assert lines[1].text == "Ta học kĩ năng & đạo đức"
    assert lines[2].url == f"/clip/{clip.slug}-{clip.pk}/?t=151"
    assert lines[2].clock == "02:31"


@pytest.mark.parametrize("text", ["", "   "])
def test_without_words_nothing_is_hidden(clip: ClipPage, text: str) -> None:
    transcript = transcripts.transcript_of(clip, question(text))
    assert (transcript.found, transcript.sought) == (3, "")


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("dao ham", ["00:01", "02:31"]),
        ("ĐẠO", ["00:01", "00:31", "02:31"]),
        ("ky nang", ["00:31"]),
        ("đạo hàm hữu tỉ", ["00:01", "02:31"]),  # half of the words
        ("đạo ông bà cháu", []),  # less than half
        ("khong co", []),
        ("🙂", []),
        ("\u0301", []),
        ("%", []),
        ("x" * 10_000, []),
        ("'); DROP TABLE --", []),
        ("\x00dao\x00 ham", ["00:01", "02:31"]),
    ],
)
def test_the_lines_that_say_most_of_the_words_are_left(
    clip: ClipPage, text: str, clocks: list[str]
) -> None:
    assert found(clip, text) == clocks


def test_captions_in_another_language_are_shown_when_they_say_it(
    clip: ClipPage,
) -> None:
    (line,) = transcripts.transcript_of(clip, question("derivative")).lines
    assert line.text == "The derivative"


def test_abbreviations_are_understood_as_in_the_search(clip: ClipPage) -> None:
    Synonym.objects.create(words="dhhs", means="đạo hàm của hàm số")
    assert found(clip, "dhhs") == ["00:01"]


def test_the_words_are_marked_and_the_links_keep_the_search(clip: ClipPage) -> None:
    lines = transcripts.transcript_of(clip, question("dao ham")).lines
    assert lines[0].spans == (
        ("Đạo hàm", True),
        (" của ", False),
        ("hàm", True),
        (" số", False),
    )
    assert lines[0].url.endswith("/?t=1&tim=dao+ham")


def test_the_watch_page_answers_without_a_script(
    client: Client, clip: ClipPage
) -> None:
    address = f"/clip/{clip.slug}-{clip.pk}/"
    page = client.get(address, {"tim": "ky nang"}).content.decode()
    assert page.count("<li hidden>") == 2
    assert "<mark>kĩ năng</mark> &amp; đạo đức" in page
    assert 'name="tim" type="search" value="ky nang"' in page
    whole = client.get(address).content.decode()
    assert "<li hidden>" not in whole
    assert "&lt;ở đây&gt;" in whole


def test_a_link_from_the_results_leads_to_the_transcript() -> None:
    url = transcripts.search_url("/clip/x-1/", "đạo & hàm")
    assert url == "/clip/x-1/?tim=%C4%91%E1%BA%A1o+%26+h%C3%A0m#loi-thoai"
