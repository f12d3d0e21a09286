"""The page's numbers are the report's; its bars and links follow from them."""

from __future__ import annotations

import datetime

from django.http import QueryDict
from django.utils import translation

from library.contributions import rollup, spans
from library.contributions.models import Campaign
from library.contributions.rollup import Reading
from library.contributions.screen import screen_of
from library.contributions.spans import Against
from tests.cast import Cast
from tests.library.contributions.conftest import Count

DAY = datetime.date(2024, 3, 1)


def test_a_bar_shows_the_way_to_the_target_and_needs_one(
    cast: Cast, counted: Count
) -> None:
    campaign = Campaign.objects.create(
        name="Đợt",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2024, 12, 31),
    )
    campaign.targets.create(unit=cast.school_a, clips=4)
    campaign.save()
    for page in (cast.school_a, cast.school_b, cast.school_c):
        counted(page, DAY)
    report = rollup.report(rollup.question())
    screen = screen_of(report, QueryDict())
    bars = {line.row.cells[0]: line.row.bar for line in screen.table.rows}
    bar = bars["thpt-dong-xoai"]
    assert bar is not None
    assert (bar.filled, bar.full) == (1, 4)
    assert bars["dong-xoai"] is None
    assert (screen.total, screen.with_target, screen.behind) == ("3", 1, 1)
    assert screen.elapsed == 100


def test_a_part_of_the_tree_begins_at_the_left(cast: Cast) -> None:
    report = rollup.report(rollup.question()).below("dong-xoai")
    indents = [line.indent for line in screen_of(report, QueryDict()).table.rows]
    assert indents == [0, 1, 1]


def test_the_files_are_asked_for_what_is_shown(cast: Cast) -> None:
    report = rollup.report(rollup.question())
    screen = screen_of(report, QueryDict("tree=then&first=2024-01-01"))
    chosen = "tree=then&first=2024-01-01&table=dong-gop&export="
    assert screen.table.files == {
        kind: chosen + kind for kind in ("xlsx", "csv", "pdf")
    }


def test_an_empty_library_has_an_empty_screen(db: None) -> None:
    screen = screen_of(rollup.report(rollup.question()), QueryDict())
    assert (screen.table.rows, screen.total) == ([], "0")


def test_the_other_reading_keeps_what_was_chosen(cast: Cast) -> None:
    report = rollup.report(rollup.question(tree=Reading.THEN))
    chosen = QueryDict("period=year-2025&tree=then&compare=both")
    (_, now, is_now), (_, then, is_then) = screen_of(report, chosen).readings
    assert now == "period=year-2025&tree=now&compare=both"
    assert then == "period=year-2025&tree=then&compare=both"
    assert (is_now, is_then) == (False, True)


def test_what_it_is_compared_with_is_told_in_words(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    counted(cast.school_a, datetime.date(2023, 3, 31))
    asked = rollup.question(as_of=datetime.date(2024, 12, 31))
    asked = asked.of_span(spans.month(2024, 3), [Against.BEFORE, Against.YEAR])
    with translation.override("vi"):
        screen = screen_of(rollup.report(asked), QueryDict())
    assert screen.period == "Tháng 3 năm 2024 (01/03/2024–31/03/2024)"
    assert [(sum_.name, sum_.then, sum_.change) for sum_ in screen.sums] == [
        ("Tháng 2 năm 2024 (01/02/2024–29/02/2024)", "0", "+1"),
        ("Tháng 3 năm 2023 (01/03/2023–31/03/2023)", "1", "0"),
    ]
