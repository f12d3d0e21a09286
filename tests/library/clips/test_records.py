"""What the search is told about a clip."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from library.clips import captions, drafts, records
from library.clips.models import ClipPage, Grade, Skill
from library.viewing import counting
from search.documents import Cue, Label
from tests.cast import Cast
from tests.library.clips import factories

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nMot\n"


def test_a_record_says_all_that_people_search_by(cast: Cast) -> None:
    clip = factories.ready(
        cast.school_a,
        cast.lan,
        description="Cách giải",
        grades=[Grade.objects.create(code="9", name="Lớp 9")],
        skills=[Skill.objects.create(code="hoc-tap", name="Học tập")],
        series=drafts.series_in(cast.school_a, "Ôn thi vào 10"),
        speakers=["Cô Lan"],
        makers=["Hoa"],
    )
    captions.take(clip, cast.lan, "vi", SRT)
    factories.approve(ClipPage.objects.get(pk=clip.pk))
    drafts.latest(clip).get_latest_revision().publish()
    clip = ClipPage.objects.get(pk=clip.pk)
    record = records.record_of(clip)
    assert (record.id, record.title) == (clip.pk, "Phương trình bậc hai")
    assert record.description == "Cách giải"
    assert record.kind == Label("lecture", "Bài giảng")
    assert record.subject == Label("toan", "Toán")
    assert record.grades == (Label("9", "Lớp 9"),)
    assert record.skills == (Label("hoc-tap", "Học tập"),)
    assert [unit.code for unit in record.units] == [
        "binh-phuoc",
        "dong-xoai",
        "thpt-dong-xoai",
    ]
    assert record.series == Label(str(clip.series_id), "Ôn thi vào 10")
    assert record.speakers == ("Cô Lan",)
    assert record.licence == "CC-BY-4.0"
    assert record.captions == (Cue(1000, 2000, "Mot"),)
    assert (record.duration_ms, record.public) == (60_000, True)
    assert record.published_at == clip.first_published_at


def test_a_record_says_how_often_it_was_watched(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    assert records.record_of(clip).views == 0
    counting.count(clip.pk)
    assert records.record_of(clip).views == 1


def test_a_later_draft_is_not_told(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, {"title": "Chưa duyệt"})
    assert records.record_of(clip).title == "Phương trình bậc hai"


def test_a_draft_is_not_public(cast: Cast) -> None:
    assert not records.record_of(factories.draft(cast.school_a, cast.lan)).public


def test_all_records_are_the_live_clips(cast: Cast) -> None:
    live = [factories.live(unit, cast.lan) for unit in (cast.school_a, cast.school_c)]
    factories.ready(cast.school_a, cast.lan)
    assert [record.id for record in records.all_records()] == [one.pk for one in live]


def test_many_clips_take_as_many_queries_as_few(
    cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for unit in (cast.school_a, cast.school_b, cast.school_c) * 2:
        factories.live(unit, cast.lan)
    with django_assert_max_num_queries(9):
        assert len(list(records.all_records())) == 6


def test_records_are_read_batch_by_batch(cast: Cast, monkeypatch: Any) -> None:
    """A clip that changes while a rebuild runs is read when its turn comes."""
    monkeypatch.setattr(records, "BATCH", 1)
    first, second = (factories.live(cast.school_a, cast.lan) for _ in range(2))
    reading = records.all_records()
    assert next(reading).id == first.pk
    second.unpublish()
    assert list(reading) == []


def test_a_clip_of_a_unit_that_ended_is_found_by_what_continues_it(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    cast.school_a.ended_on = datetime.date(2026, 7, 1)
    cast.school_a.save()
    assert [unit.code for unit in records.record_of(clip).units] == [
        *("binh-phuoc", "dong-xoai")
    ]
