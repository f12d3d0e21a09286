"""How a package is planned, and that a plan survives being written down."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import LazySettings

from media_pipeline.ladder import ladder_for
from media_pipeline.plans import Plan, StalePlanError, in_pieces, plan_of
from media_pipeline.source import Sound
from tests.media_pipeline.test_ladder import a_source

HOUR_MS = 3_600_000


def a_plan(duration_ms: int = 60_000, *, early: bool = True) -> Plan:
    source = a_source(
        duration_ms=duration_ms,
        fps=Fraction(30_000, 1001),
        sound=Sound(1, "aac", 2, loudness_lufs=-20.5),
        keyframes_ms=(0, 2000),
    )
    return plan_of(source, ladder_for(source), early=early)


def test_a_short_clip_is_made_in_one_decode(settings: LazySettings) -> None:
    settings.FIRST_RUNG_SECONDS = 60
    assert len(a_plan(60_000).phases) == 1
    first, rest = a_plan(61_000).phases
    assert [rung.name for rung in first] == ["360p"]
    assert "360p" not in {rung.name for rung in rest}


def test_what_need_not_play_early_is_made_in_one_decode() -> None:
    plan = a_plan(early=False)
    assert plan.phases == (plan.ladder.rungs,)


def test_what_is_not_copied_after_all_is_encoded_with_the_rest() -> None:
    plan = a_plan()
    top, *others = plan.ladder.rungs
    ladder = dataclasses.replace(
        plan.ladder, rungs=(dataclasses.replace(top, is_copy=True), *others)
    )
    copying = plan_of(plan.source, ladder)
    assert top.name not in {rung.name for rungs in copying.phases for rung in rungs}
    encoding = copying.all_encoded()
    assert encoding.phases == plan.phases
    once = plan_of(plan.source, ladder, early=False).all_encoded()
    assert [[rung.name for rung in rungs] for rungs in once.phases] == [
        [rung.name for rung in others],
        [top.name],
    ]


def test_a_plan_read_back_is_the_same_with_the_source_where_it_is_now() -> None:
    plan = in_pieces(a_plan(HOUR_MS), 60)
    written = json.loads(json.dumps(plan.as_json()))
    read = Plan.from_json(written, Path("/elsewhere/original"))
    assert read.source.path == Path("/elsewhere/original")
    source = dataclasses.replace(read.source, path=plan.source.path)
    assert dataclasses.replace(read, source=source) == plan
    assert isinstance(read.ladder.fps, Fraction)
    assert len(read.spans) == 16


@pytest.mark.parametrize("change", ["more", "less", "other"])
def test_a_plan_of_another_release_is_not_followed(change: str) -> None:
    written = a_plan().as_json()
    if change == "more":
        written["source"]["mood"] = "blue"
    elif change == "less":
        del written["ladder"]["quality"]
    else:
        written["ladder"]["fps"] = "quick"
    with pytest.raises(StalePlanError):
        Plan.from_json(written, Path("x"))


def test_pieces_are_a_minute_or_longer_and_few() -> None:
    assert [len(in_pieces(a_plan(ms), 60).spans) for ms in (90_000, 660_000)] == [0, 11]
    four_hours = in_pieces(a_plan(4 * HOUR_MS), 60)
    assert len(four_hours.spans) == 16
    assert four_hours.spans[-1].end == round(4 * 3600 * Fraction(30_000, 1001))


def test_the_share_of_work_done_grows_from_phase_to_phase() -> None:
    plan = a_plan()
    told = [plan.fraction(phase, share) for phase in (0, 1) for share in (0, 0.5, 1)]
    assert told == sorted(told)
    assert told[2] == pytest.approx(told[3])
    assert 0 < told[0] < 0.1
    assert 0.9 < told[-1] < 1
    assert plan.fraction(1, 7) == told[-1]
