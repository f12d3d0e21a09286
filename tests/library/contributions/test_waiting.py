"""What waits for a review, by the unit that it comes from, the longest wait first."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.clips.models import ClipPage
from library.contributions import rollup
from library.contributions.waiting import Waits, waiting_long, waiting_table, waits
from library.review import chain, setup
from tests.cast import Cast
from tests.factories import playable_clip

START = datetime.datetime(2026, 11, 2, 8, tzinfo=datetime.UTC)


def submit(cast: Cast, school: str, who: str, title: str) -> ClipPage:
    clip = playable_clip(getattr(cast, school), getattr(cast, who), title)
    chain.submit(clip, getattr(cast, who))
    return clip


def found() -> list[Waits]:
    return waits(rollup.report(rollup.question()).units)


@pytest.fixture
def queue(cast: Cast) -> Cast:
    setup.ensure_workflow()
    with time_machine.travel(START, tick=False):
        submit(cast, "school_c", "bao", "Bài một")
    with time_machine.travel(START + datetime.timedelta(days=6), tick=False):
        submit(cast, "school_a", "lan", "Bài hai")
        submit(cast, "school_a", "lan", "Bài ba")
    return cast


def test_each_unit_has_its_clips_and_its_longest_wait(queue: Cast) -> None:
    with time_machine.travel(START + datetime.timedelta(days=9), tick=False):
        table = waiting_table(found())
        assert waiting_long(found()) == 1
    rows = [row.cells for row in table.rows]
    assert [(cells[0], *cells[2:4]) for cells in rows] == [
        ("thpt-bu-dang", 1, 9),
        ("thpt-dong-xoai", 2, 3),
    ]
    assert table.total == ("", "Cộng", 3, 9, None)


def test_what_was_answered_waits_no_more(queue: Cast) -> None:
    clip = ClipPage.objects.get(title="Bài một")
    step = chain.waiting_step(clip)
    assert step is not None
    chain.ask_for_changes(step, queue.an, "details", "Thiếu tên người trình bày")
    assert [each.row.code for each in found()] == ["thpt-dong-xoai"]


def test_a_part_of_the_tree_knows_only_its_own(queue: Cast) -> None:
    rows = rollup.report(rollup.question()).below("bu-dang").units
    assert [each.row.code for each in waits(rows)] == ["thpt-bu-dang"]


def test_queries_do_not_grow_with_what_waits(queue: Cast) -> None:
    rows = rollup.report(rollup.question()).units
    with CaptureQueriesContext(connection) as few:
        waits(rows)
    submit(queue, "school_b", "hoa", "Bài bốn")
    with CaptureQueriesContext(connection) as many:
        assert len(waits(rows)) == 3
    assert len(many) == len(few) == 2


def test_nothing_waits_in_an_empty_library(cast: Cast) -> None:
    assert list(waiting_table(found()).rows) == []
