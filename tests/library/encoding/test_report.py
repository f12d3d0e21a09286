"""The report's values: what runs, waits and failed, by reader, in few queries."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from library.clips.models import ClipPage
from library.clips.video import video_of
from library.encoding import report
from library.encoding.report import Reader, Span
from library.units.models import Role
from media_pipeline import jobs
from media_pipeline.models import Package, StepRun
from media_pipeline.states import State
from media_pipeline.workload import Throughput
from tests.cast import Cast, member, person
from tests.library.encoding import factories
from tests.library.encoding.factories import asset_of


@pytest.fixture(autouse=True)
def in_vietnamese() -> Any:
    with override("vi"):
        yield


@pytest.fixture
def admin_of_a(cast: Cast) -> Any:
    found = person("admin-a")
    member(found, cast.school_a, Role.ADMIN)
    return found


def busy(cast: Cast) -> ClipPage:
    clip = factories.running(
        cast.school_a, cast.lan, "Đang chạy", progress=0.42, seconds_left=100
    )
    StepRun.objects.create(asset=asset_of(clip), step="encode")
    return clip


def test_what_runs_tells_all_of_it(cast: Cast) -> None:
    clip = busy(cast)
    told = report.now(Reader(cast.an))
    (one,) = told.running
    assert (one.clip_id, one.title) == (clip.pk, "Đang chạy")
    assert one.unit == "Đoàn trường THPT Đồng Xoài"
    assert (one.step, one.percent) == ("đang chuyển mã", 42)
    assert one.left == "còn khoảng 2 phút"
    assert (one.attempt, one.attempts, one.worker) == (1, 5, "may-1/4711")


def test_between_two_steps_it_is_at_work_all_the_same(cast: Cast) -> None:
    factories.running(cast.school_a, cast.lan)
    assert report.now(Reader(cast.an)).running[0].step == "đang làm"


def test_clips_are_counted_as_waiting_busy_failed_and_refused(cast: Cast) -> None:
    assert not report.now(Reader(cast.an)).moves
    busy(cast)
    for _ in range(2):
        factories.queued(cast.school_a, cast.lan)
    factories.failed(cast.school_a, cast.lan)
    factories.clip(cast.school_a, cast.lan, State.REFUSED, reason="damaged")
    factories.clip(cast.school_a, cast.lan, State.PLAYABLE)
    told = report.now(Reader(cast.an))
    assert (told.waiting, told.busy, told.failed, told.refused) == (2, 1, 1, 1)
    assert (told.moves, told.code) == (True, "1/2/1/1")


def test_parts_of_a_long_clip_are_told_one_by_one_and_count_as_one_clip(
    cast: Cast,
) -> None:
    clip = busy(cast)
    part = jobs.request(f"asset/{asset_of(clip).pk}/720p/3", "part", {}, "transcode")
    type(part).objects.filter(pk=part.pk).update(
        **factories.RUNNING, parent=type(part).objects.get(kind="package")
    )
    told = report.now(Reader(cast.an))
    assert [one.clip_id for one in told.running] == [clip.pk] * 2
    assert {one.step for one in told.running} == {
        *("đang chuyển mã", "phần 720p/3 của clip dài")
    }
    assert told.busy == 1


def test_an_admin_sees_the_own_units_and_that_workers_are_busy_elsewhere(
    cast: Cast, admin_of_a: Any
) -> None:
    busy(cast)
    factories.running(cast.school_b, cast.hoa, "Của trường B")
    factories.failed(cast.school_b, cast.hoa)
    reader = Reader(admin_of_a)
    told = report.now(reader)
    assert [one.title for one in told.running] == ["Đang chạy"]
    assert (told.busy, told.failed, told.elsewhere) == (1, 0, 1)
    assert told.running[0].worker == ""  # machines are the operators' business
    assert report.figures(reader).lanes == ()
    assert reader.clips().count() == 1


@pytest.mark.parametrize("who", ["lan", "minh", "hoa", "nam"])
def test_others_may_not_read_it(cast: Cast, who: str) -> None:
    assert not Reader(getattr(cast, who)).may_read
    assert not Reader(getattr(cast, who)).clips().exists()


def test_failures_and_refusals_are_counted_by_reason_with_a_sentence(
    cast: Cast,
) -> None:
    for reason in ("disk_full", "disk_full", "tool"):
        factories.failed(cast.school_a, cast.lan, reason=reason)
    factories.clip(cast.school_a, cast.lan, State.REFUSED, reason="too_long")
    told = report.figures(Reader(cast.an))
    assert [(why.code, why.clips) for why in told.failed] == [
        ("disk_full", 2),
        ("tool", 1),
    ]
    assert told.failed[0].sentence.startswith("Ổ đĩa đã đầy.")
    assert [(why.code, why.clips) for why in told.refused] == [("too_long", 1)]
    assert "dài" in told.refused[0].sentence
    assert [lane.kind for lane in told.lanes] == []


def test_the_day_and_the_week_say_what_was_done_and_at_what_cost(cast: Cast) -> None:
    clip = factories.clip(cast.school_a, cast.lan, State.PLAYABLE, duration_ms=90_000)
    now = timezone.now()
    run = StepRun.objects.create(
        asset=asset_of(clip), step="encode", ended_at=now, cpu_s=40
    )
    day, week = report.figures(Reader(cast.an)).spans
    assert (str(day.label), day.done.clips, day.minutes) == ("Một ngày qua", 1, "1,5")
    assert day.speed == week.speed == "2,25"
    before = now - datetime.timedelta(days=3)
    StepRun.objects.filter(pk=run.pk).update(ended_at=before)
    Package.objects.update(created_at=before)
    day, week = report.figures(Reader(cast.an)).spans
    assert (day.done.clips, day.speed) == (0, "–")
    assert (week.done.clips, week.speed) == (1, "2,25")


def test_a_span_in_which_nothing_ran_has_no_speed() -> None:
    assert Span("", Throughput(0, 0.0, 0.0)).speed == "–"


def test_rows_say_the_same_as_the_clip_itself(cast: Cast) -> None:
    first = factories.queued(cast.school_a, cast.lan)
    second = factories.queued(cast.school_a, cast.lan)
    run = busy(cast)
    rows = report.rows(Reader(cast.an), [first, second, run])
    assert [(row.video.state, row.video.work) for row in rows] == [
        ("đang chờ (kế tiếp)", ""),
        ("đang chờ (thứ 2 trong hàng)", ""),
        ("đang chuyển mã", "còn khoảng 2 phút"),
    ]
    assert [row.video.percent for row in rows] == [None, None, 42]
    for row, clip in zip(rows, (first, second, run), strict=True):
        assert row.video == video_of(clip, cast.an)


def test_queries_do_not_grow_with_clips(cast: Cast) -> None:
    def everything() -> int:
        reader = Reader(cast.an)
        with CaptureQueriesContext(connection) as queries:
            report.now(reader)
            report.figures(reader)
            report.rows(reader, reader.clips())
        return len(queries)

    def one_of_each() -> None:
        busy(cast)
        factories.queued(cast.school_b, cast.hoa)
        factories.failed(cast.school_c, cast.bao)
        factories.clip(cast.school_a, cast.lan, State.PLAYABLE)

    one_of_each()
    few = everything()
    for _ in range(4):
        one_of_each()
    assert everything() == few
