"""The results page shows what editors promoted, and counts what it could not answer."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from library.catalogue.results import PAGE_SIZE, results_page
from library.clips import captions, records
from library.clips.models import ClipPage
from library.sought.models import Unanswered
from search import index
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.clips import factories

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/143.0 Mobile"}


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    made = factories.live(cast.school_a, cast.lan, title="Đường tròn")
    index.put(records.record_of(made))
    return made


@pytest.fixture
def other(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan, title="Hàm số liên tục")


def asked(text: str, **more: str) -> str:
    answer = Client(headers=PHONE).get(reverse("catalogue:search"), {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def promote(words: str, page: ClipPage) -> None:
    SearchPromotion.objects.create(query=Query.get(words), page=page)


def counted() -> dict[str, int]:
    return dict(Unanswered.objects.values_list("key", "times"))


def test_a_promoted_clip_stands_above_the_results_and_says_so(
    clip: ClipPage, other: ClipPage
) -> None:
    promote("đường tròn", other)
    page = asked("duong tron")
    label, first, second = (
        page.index(words) for words in ("Đề xuất", other.title, "Đường tròn</mark>")
    )
    assert label < first < second
    assert "Đề xuất" not in asked("duong")
    assert "Đề xuất" not in asked("duong tron", sort="newest")


def test_a_promoted_clip_that_is_found_too_stands_once_with_its_moments(
    cast: Cast, clip: ClipPage
) -> None:
    draft = playable_clip(cast.school_a, cast.lan, title="Hình học")
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nVẽ đường tròn"
    spoken = captions.take(draft, cast.lan, "vi", said.encode())
    factories.approve(spoken)
    spoken.get_latest_revision().publish()
    index.put(records.record_of(ClipPage.objects.get(pk=spoken.pk)))
    promote("đường tròn", spoken)
    page = results_page(QueryDict("q=duong tron"))
    assert [one.card.clip_id for one in page["promoted"]] == [spoken.pk]
    assert [one.card.clip_id for one in page["results"]] == [clip.pk]
    assert page["total"] == 2
    assert [one.clock for one in page["promoted"][0].moments] == ["00:01"]
    assert asked("duong tron").count('class="result"') == 2


def test_where_everything_found_is_promoted_nothing_is_said_to_be_missing(
    clip: ClipPage,
) -> None:
    promote("đường tròn", clip)
    page = asked("duong tron")
    assert page.count('class="result"') == 1
    assert "Tìm thấy 1 clip" in page
    assert "Không tìm thấy" not in page


def test_pages_are_those_of_the_engine_and_none_shows_a_clip_twice(cast: Cast) -> None:
    clips = [
        factories.live(cast.school_a, cast.lan, title=f"Bài {number}")
        for number in range(PAGE_SIZE + 2)
    ]
    for clip in clips:
        index.put(records.record_of(clip))
    oldest, newest = clips[0], clips[-1]
    for clip in (oldest, newest):
        promote("bài", clip)
    first, second = (results_page(QueryDict(f"q=bai&page={n}")) for n in (1, 2))
    shown = [
        [one.card.clip_id for one in (*page["promoted"], *page["results"])]
        for page in (first, second)
    ]
    assert shown[0][:2] == [oldest.pk, newest.pk]
    assert [len(page) for page in shown] == [PAGE_SIZE + 1, 2]
    assert all(len(set(page)) == len(page) for page in shown)
    assert set(shown[0] + shown[1]) == {clip.pk for clip in clips}
    assert first["total"] == second["total"] == len(clips)


def test_it_also_stands_where_nothing_else_was_found(other: ClipPage) -> None:
    promote("tập xác định", other)
    assert other.title in asked("tap xac dinh")
    assert counted() == {}


def test_a_promoted_clip_that_was_withdrawn_is_not_shown(
    clip: ClipPage, other: ClipPage
) -> None:
    promote("đường tròn", other)
    other.unpublish()
    page = asked("duong tron")
    assert other.title not in page
    assert "Đề xuất" not in page


def test_what_finds_nothing_is_counted_by_the_week(clip: ClipPage) -> None:
    for text in ("tích phân", "tich phan", "duong tron", "", "lan@example.org"):
        asked(text)
    assert counted() == {"tich phan": 2}


def test_robots_filters_and_later_pages_are_not_counted(clip: ClipPage) -> None:
    address = reverse("catalogue:search")
    Client(headers={"User-Agent": "Googlebot/2.1"}).get(address, {"q": "tích phân"})
    Client(headers=PHONE).head(address, {"q": "tích phân"})
    asked("tích phân", lop="10")
    asked("đường tròn", lop="10")
    assert counted() == {}


def test_searching_keeps_no_row_of_wagtails_own(clip: ClipPage) -> None:
    asked("tích phân")
    asked("duong tron")
    assert not Query.objects.exists()


def test_a_program_that_asks_for_somebody_counts_and_a_robot_does_not(
    clip: ClipPage,
) -> None:
    address = reverse("catalogue:api_search")
    for agent in (PHONE["User-Agent"], "curl/8.1", "python-requests/2.32"):
        answer = Client(headers={"User-Agent": agent}).get(address, {"q": "tích phân"})
        assert answer.json()["total"] == 0
    assert counted() == {"tich phan": 1}


def test_clips_with_some_of_the_words_are_no_answer(clip: ClipPage) -> None:
    assert 'class="result"' in asked("đường chân trời")
    assert counted() == {"duong chan troi": 1}
