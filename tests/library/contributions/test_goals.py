"""Whether a unit is on its way to its targets."""

from __future__ import annotations

import datetime

import pytest

from library.contributions.goals import State, progress, running
from library.contributions.models import Campaign


@pytest.mark.parametrize(
    ("counted", "elapsed", "state"),
    [
        (10, 0.0, State.MET),
        (12, 1.0, State.MET),
        (5, 0.5, State.ON_TRACK),
        (4, 0.5, State.BEHIND),
        (0, 0.0, State.ON_TRACK),
        (0, 0.05, State.ON_TRACK),  # not a whole clip is due yet
        (9, 1.0, State.BEHIND),
    ],
)
def test_the_share_of_the_time_decides(
    counted: int, elapsed: float, state: State
) -> None:
    found = progress({None: 10}, {None: counted}, elapsed)
    assert (found.target, found.toward, found.state) == (10, counted, state)


def test_every_kind_has_to_be_met() -> None:
    wanted = {None: 3, 1: 2}
    assert progress(wanted, {None: 3, 1: 1}, 1.0).state == State.BEHIND
    assert progress(wanted, {None: 3, 1: 2}, 1.0).state == State.MET


def test_kinds_add_up_without_lending_to_each_other() -> None:
    found = progress({1: 2, 2: 2}, {1: 9, 2: 1}, 0.5)
    assert (found.target, found.toward, found.state) == (4, 3, State.ON_TRACK)


def campaign(first: int, last: int) -> Campaign:
    return Campaign(
        name=f"{first}–{last}",
        starts_on=datetime.date(first, 1, 1),
        ends_on=datetime.date(last, 12, 31),
    )


def test_the_campaign_of_the_day_is_asked_about() -> None:
    old, new = campaign(2021, 2025), campaign(2027, 2030)
    assert running([old, new], datetime.date(2022, 5, 5)) is old
    assert running([old, new], datetime.date(2026, 5, 5)) is old  # the last that began
    assert running([old, new], datetime.date(2028, 5, 5)) is new
    assert running([new], datetime.date(2022, 5, 5)) is None


def test_time_gone_is_counted_in_whole_days() -> None:
    one = Campaign(
        starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 1, 10)
    )
    days = (datetime.date(2023, 12, 31), datetime.date(2024, 1, 5))
    assert [one.elapsed(day) for day in days] == [0.0, 0.5]
    assert one.elapsed(datetime.date(2024, 3, 1)) == 1.0
