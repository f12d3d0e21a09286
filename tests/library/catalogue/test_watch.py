from __future__ import annotations

import pytest
from django.test import RequestFactory

from library.catalogue import watch
from library.clips.models import ClipPage, Series
from tests.cast import Cast
from tests.library.clips import factories


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        ("t=151", 151),
        ("t=151s", 151),
        ("", 0),
        ("t=-3", 0),
        ("t=x", 0),
        ("t=99999999", 0),
    ],
)
def test_a_start_time_is_seconds_or_nothing(query: str, seconds: int) -> None:
    assert watch.start_of(RequestFactory().get(f"/?{query}")) == seconds


def test_a_clip_in_a_series_knows_its_neighbours(cast: Cast) -> None:
    series = Series.objects.create(unit=cast.school_a, title="Ôn thi", slug="on-thi")
    first, second, third = (
        factories.live(
            cast.school_a, cast.lan, title=title, series=series, series_order=order
        )
        for title, order in (("Một", 1), ("Hai", 2), ("Ba", 3))
    )

    def around(clip: ClipPage) -> tuple[str | None, str | None]:
        found = watch.neighbours_of(clip)
        assert found is not None
        assert found.total == 3
        previous, following = found.previous, found.next
        return (
            previous.title if previous else None,
            following.title if following else None,
        )

    assert around(first) == (None, "Hai")
    assert around(second) == ("Một", "Ba")
    assert around(third) == ("Hai", None)


def test_a_series_of_one_has_no_neighbours(cast: Cast) -> None:
    series = Series.objects.create(unit=cast.school_a, title="Ôn thi", slug="on-thi")
    clip = factories.live(cast.school_a, cast.lan, series=series)
    assert watch.neighbours_of(clip) is None


def test_related_clips_leave_out_itself_and_its_series(cast: Cast) -> None:
    series = Series.objects.create(unit=cast.school_a, title="Ôn thi", slug="on-thi")
    clip = factories.live(cast.school_a, cast.lan, title="Một", series=series)
    factories.live(cast.school_a, cast.lan, title="Hai", series=series)
    factories.live(cast.school_b, cast.hoa, title="Ba")
    factories.ready(cast.school_b, cast.hoa, title="Bản nháp")
    assert [card.title for card in watch.related_to(clip)] == ["Ba"]


def test_the_unit_path_goes_from_the_top(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    path = [unit.code for unit in watch.unit_path(clip)]
    assert path == ["binh-phuoc", "dong-xoai", "thpt-dong-xoai"]
