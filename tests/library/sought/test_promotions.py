"""Promoted clips show for every spelling of their words, and only while all may watch."""

from __future__ import annotations

import unicodedata

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.search_promotions.models import Query as Words
from wagtail.contrib.search_promotions.models import QueryDailyHits, SearchPromotion
from wagtail.models import Page

from library.clips.models import ClipPage
from library.sought.promotions import MOST_SHOWN, promoted
from search.queries import Query
from tests.cast import Cast
from tests.library.clips import factories


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan, title="Toán 10: hàm số")


def promote(words: str, page: Page, place: int = 0) -> SearchPromotion:
    made: SearchPromotion = SearchPromotion.objects.create(
        query=Words.get(words), page=page, sort_order=place
    )
    return made


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Toán lí", "toan ly"),
        ("toan li", "TOÁN LÝ"),
        ("hòa bình", "hoà bình"),
        ("Đạo hàm", "dao ham"),
        ("đạo hàm", unicodedata.normalize("NFD", "Đạo Hàm")),
        ("đạo hàm!", "  đạo   hàm "),
    ],
)
def test_every_spelling_of_the_words_fits(
    clip: ClipPage, words: str, asked: str
) -> None:
    promote(words, clip)
    assert promoted(Query(asked)) == [clip.pk]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("toán", "toàn"),
        ("toán", "toán 10"),
        ("toán 10", "toán"),
        ("đạo hàm", "hàm đạo"),
        ("toán", ""),
        ("toán", "!!"),
    ],
)
def test_other_words_do_not(clip: ClipPage, words: str, asked: str) -> None:
    promote(words, clip)
    assert promoted(Query(asked)) == []


def test_it_shows_on_the_first_page_without_filters_alone(clip: ClipPage) -> None:
    promote("toán", clip)
    assert promoted(Query("toán", offset=20)) == []
    assert promoted(Query("toán", filters={"grade": ("10",)})) == []


def test_what_is_not_live_and_what_is_no_page_is_left_out(
    cast: Cast, clip: ClipPage
) -> None:
    promote("toán", factories.ready(cast.school_a, cast.lan))
    SearchPromotion.objects.create(
        query=Words.get("toán"), external_link_url="https://example.org"
    )
    assert promoted(Query("toán")) == []
    promote("toán", clip)
    assert promoted(Query("toán")) == [clip.pk]


def test_they_come_in_the_editors_order_each_once(cast: Cast, clip: ClipPage) -> None:
    clips = [factories.live(cast.school_a, cast.lan, title=f"Số {n}") for n in range(4)]
    for place, each in enumerate([clips[3], clip, clips[0], clips[1], clips[2]]):
        promote("toán", each, place)
    promote("toan", clips[3], 9)
    assert promoted(Query("toan")) == [clips[3].pk, clip.pk, clips[0].pk][:MOST_SHOWN]


def test_asking_reads_once_and_keeps_nothing(
    clip: ClipPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    promote("toán", clip)
    with django_assert_num_queries(1):
        promoted(Query("điều bí mật của tôi"))
    assert list(Words.objects.values_list("query_string", flat=True)) == ["toán"]
    assert not QueryDailyHits.objects.exists()
