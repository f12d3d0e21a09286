"""The words for percent, time left and place: true, short, and in Vietnamese."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from library.clips.encoding import percent_of, place_in_queue, time_left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0, "còn chưa đến 1 phút"),
        (59, "còn chưa đến 1 phút"),
        (60, "còn khoảng 1 phút"),
        (61, "còn khoảng 2 phút"),
        (99 * 60, "còn khoảng 99 phút"),
        (99 * 60 + 1, "còn khoảng 2 giờ"),
        (7201, "còn khoảng 3 giờ"),
    ],
)
def test_the_time_left_is_rounded_up(seconds: int | None, words: str) -> None:
    with override("vi"):
        assert time_left(seconds) == words


def test_english_counts_one_and_many() -> None:
    with override("en"):
        assert time_left(60) == "about 1 minute left"
        assert time_left(180) == "about 3 minutes left"
        assert time_left(7000) == "about 2 hours left"


def test_all_is_said_only_when_it_is_all() -> None:
    assert [percent_of(share) for share in (0, 0.004, 0.5, 0.999, 1)] == [
        *(0, 0, 50, 99, 100)
    ]


def test_the_place_in_the_queue() -> None:
    with override("vi"):
        assert place_in_queue(1) == "đang chờ (kế tiếp)"
        assert place_in_queue(3) == "đang chờ (thứ 3 trong hàng)"
