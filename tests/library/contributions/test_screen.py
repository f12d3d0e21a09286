"""The page's numbers are the report's; its bars and links follow from them."""

from __future__ import annotations

import datetime

from django.http import QueryDict

from library.contributions import rollup
from library.contributions.models import Campaign
from library.contributions.screen import screen_of
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
    bars = {line.row.code: (line.filled, line.full) for line in screen.lines}
    assert bars["thpt-dong-xoai"] == (1, 4)
    assert bars["dong-xoai"] == (0, 0)
    assert (screen.total, screen.with_target, screen.behind) == (report.total, 1, 1)
    assert screen.elapsed == 100


def test_a_part_of_the_tree_begins_at_the_left(cast: Cast) -> None:
    report = rollup.report(rollup.question()).below("dong-xoai")
    indents = [line.indent for line in screen_of(report, QueryDict()).lines]
    assert indents == [0, 1, 1]


def test_the_files_are_asked_for_what_is_shown(cast: Cast) -> None:
    report = rollup.report(rollup.question())
    screen = screen_of(report, QueryDict("tree=then&first=2024-01-01"))
    assert screen.csv_query == "tree=then&first=2024-01-01&export=csv"


def test_an_empty_library_has_an_empty_screen(db: None) -> None:
    screen = screen_of(rollup.report(rollup.question()), QueryDict())
    assert (screen.lines, screen.total) == ((), 0)
