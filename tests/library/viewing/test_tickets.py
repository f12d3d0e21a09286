"""A ticket is for one clip, and neither too young nor too old."""

from __future__ import annotations

import time

import pytest

from library.viewing import tickets


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


@pytest.mark.parametrize(
    ("duration_ms", "wanted"), [(600_000, 10), (10_000, 10), (6_400, 6), (0, 0)]
)
def test_ten_seconds_are_wanted_or_all_of_a_shorter_clip(
    duration_ms: int, wanted: int
) -> None:
    assert tickets.wanted_s(duration_ms) == wanted


def test_it_is_good_once_there_was_time_to_watch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = tickets.issue(7, 600_000)
    assert not tickets.is_good(ticket, 7)
    later(monkeypatch, 11)
    assert tickets.is_good(ticket, 7)
    assert not tickets.is_good(ticket, 8)


def test_a_page_that_lay_open_for_a_day_counts_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = tickets.issue(7, 600_000)
    later(monkeypatch, 25 * 3600)
    assert not tickets.is_good(ticket, 7)


@pytest.mark.parametrize("forged", ["", "7", "a:b:c", "\x00", "é" * 5000])
def test_what_is_not_ours_is_not_good(forged: str) -> None:
    assert not tickets.is_good(forged, 7)
