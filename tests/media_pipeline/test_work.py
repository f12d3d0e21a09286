"""Progress tells the share of all decodes, and never falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_pipeline.ladder import ladder_for
from media_pipeline.session import Session
from media_pipeline.work import Progress, Work, cost_of
from tests.media_pipeline.test_ladder import a_source


def a_work(told: list[Progress]) -> Work:
    return Work(Path("/out"), Session(), told.append)


def test_each_decode_moves_on_from_where_the_one_before_ended() -> None:
    source, told = a_source(duration_ms=60_000), list[Progress]()
    ladder, work = ladder_for(source), a_work(told)
    work.cost = cost_of([ladder.first]) + cost_of(ladder.rest)
    hear = work.listener(source, [ladder.first])
    for line in ("out_time_us=60000000", "frame=7", "out_time_us=N/A"):
        hear(line)
    hear = work.listener(source, ladder.rest)
    hear("out_time_us=0")
    hear("out_time_us=60000000")
    ends = [one.fraction for one in told]
    assert len(ends) == 3
    assert ends[0] == ends[1] < 0.5
    assert ends[2] == pytest.approx(0.98)


def test_one_more_decode_than_was_planned_does_not_overflow() -> None:
    source, told = a_source(), list[Progress]()
    ladder, work = ladder_for(source), a_work(told)
    work.cost = cost_of([ladder.first])
    for _ in range(3):
        work.listener(source, [ladder.first])("out_time_us=60000000")
    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] < 1


def test_progress_never_falls() -> None:
    told: list[Progress] = []
    work = a_work(told)
    for fraction in (0.5, 0.2, 7.0):
        work.tell(fraction, "first")
    assert [one.fraction for one in told] == [0.5, 0.5, 1]


def test_time_left_is_unknown_at_the_start() -> None:
    told: list[Progress] = []
    work = a_work(told)
    work.tell(0.01, "probe")
    work.started -= 10
    work.tell(0.5, "first")
    assert [one.seconds_left for one in told] == [None, 10]


def test_work_without_a_listener_is_silent() -> None:
    Work(Path("/out"), Session()).tell(0.5, "first")
