from __future__ import annotations

import pytest

from library.catalogue.suggestions import KINDS, MOST, doors
from library.clips import records
from library.clips.models import ClipPage, Credit, Series, Skill
from search import index
from search.completing import KINDS as KINDS_OF_THE_ENGINE
from tests.cast import Cast
from tests.library.clips import factories


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    series = Series.objects.create(unit=cast.school_a, title="Toán 12", slug="toan-12")
    skill = Skill.objects.create(code="toan-hoc", name="Toán học trong đời sống")
    clip = factories.live(
        cast.school_a, cast.lan, title="Toán vui", series=series, skills=[skill]
    )
    clip.credits.add(Credit(name="Lê Thị Toán", part=Credit.Part.SPEAKER))
    clip.save()
    index.put(records.record_of(clip))
    return clip


def urls(typed: str) -> dict[str, str]:
    return {door.kind: door.url for door in doors(typed, MOST)}


def test_each_kind_leads_to_its_own_page(clip: ClipPage) -> None:
    series = Series.objects.get()
    assert urls("toan") == {
        "subject": "/mon-hoc/toan/",
        "series": f"/chuyen-de/toan-12-{series.pk}/",
        "skill": "/ky-nang/toan-hoc/",
        "speaker": "/tim-kiem/?q=L%C3%AA+Th%E1%BB%8B+To%C3%A1n",
        "clip": f"/clip/{clip.slug}-{clip.pk}/",
    }
    assert urls("thanh doan dong")["unit"] == "/don-vi/dong-xoai/"


def test_the_letters_typed_are_marked_in_the_things_own_spelling(
    clip: ClipPage,
) -> None:
    door = next(door for door in doors("toan vu", 8) if door.kind == "clip")
    assert "".join(text for text, _ in door.highlight) == "Toán vui"
    assert door.highlight[0][1]


def test_a_clip_withdrawn_a_moment_ago_and_a_series_gone_are_left_out(
    clip: ClipPage,
) -> None:
    as_it_was = records.record_of(clip)
    clip.unpublish()
    index.put(as_it_was)  # the index has not heard of it yet
    assert "clip" not in urls("toan")
    ClipPage.objects.update(series=None)
    Series.objects.all().delete()
    assert "series" not in urls("toan")


@pytest.mark.parametrize("limit", [-1, 0, 1, 10**6])
def test_the_number_is_bounded(clip: ClipPage, limit: int) -> None:
    assert 1 <= len(doors("toan", limit)) <= MOST


@pytest.mark.parametrize("typed", ["", " ", "\x00", "🙂", "\u0301", "%", "x" * 10_000])
def test_odd_typing_suggests_nothing(clip: ClipPage, typed: str) -> None:
    assert doors(typed, 8) == []


def test_every_kind_that_the_engine_suggests_is_known() -> None:
    assert {*KINDS_OF_THE_ENGINE, "clip"} == set(KINDS)
