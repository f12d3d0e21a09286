from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.catalogue.cards import cards_by_id, cards_of, clock
from library.clips.models import ClipPage, Grade
from tests.cast import Cast
from tests.library.clips import factories


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "00:00"), (999, "00:00"), (151_000, "02:31"), (3_723_000, "1:02:03")],
)
def test_a_clock_reads_like_one(milliseconds: int, text: str) -> None:
    assert clock(milliseconds) == text


def test_a_card_says_what_the_clip_is_and_where_from(cast: Cast) -> None:
    grades = [
        Grade.objects.create(code=str(n), name=f"Lớp {n}", order=n) for n in (10, 12)
    ]
    clip = factories.live(cast.school_a, cast.lan, grades=grades)
    (card,) = cards_of([clip])
    assert card.url == f"/clip/phuong-trinh-bac-hai-{clip.pk}/"
    assert card.topic == "Toán · Lớp 10 – Lớp 12"
    assert card.unit == "Đoàn trường THPT Đồng Xoài"
    assert card.length == "01:00"


def test_cards_by_id_keep_the_order_and_leave_out_what_is_not_public(
    cast: Cast,
) -> None:
    first = factories.live(cast.school_a, cast.lan, title="Một")
    second = factories.live(cast.school_b, cast.hoa, title="Hai")
    draft = factories.ready(cast.school_a, cast.lan, title="Nháp")
    cards = cards_by_id([second.pk, draft.pk, 99_999, first.pk])
    assert [card.title for card in cards] == ["Hai", "Một"]


def test_many_cards_cost_as_many_queries_as_few(cast: Cast) -> None:
    for number in range(4):
        factories.live(cast.school_a, cast.lan, title=f"Bài {number}")

    def queries(clips: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            cards_of(ClipPage.objects.live()[:clips])
        return len(context)

    assert queries(4) == queries(1)
