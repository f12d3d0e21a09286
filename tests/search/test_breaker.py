from __future__ import annotations

import logging

import pytest

from search.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def failing(times: int = 1) -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(times):
        breaker.failed(OSError("away"))
    return breaker, clock


def test_closed_it_lets_everything_pass() -> None:
    breaker = Breaker(Clock())
    assert breaker.allows()
    assert breaker.allows()
    assert not breaker.is_open


def test_after_a_failure_nothing_passes_for_a_while() -> None:
    breaker, clock = failing()
    assert breaker.is_open
    assert not breaker.allows()
    clock.now += FIRST_PAUSE_S - 0.1
    assert not breaker.allows()


def test_then_one_tries_and_the_others_wait_for_how_it_ends() -> None:
    breaker, clock = failing()
    clock.now += FIRST_PAUSE_S
    assert breaker.allows()
    assert not breaker.allows()
    breaker.worked()
    assert breaker.allows()
    assert breaker.allows()


def test_one_that_never_tells_how_it_ended_does_not_keep_it_open_for_ever() -> None:
    breaker, clock = failing()
    clock.now += FIRST_PAUSE_S
    assert breaker.allows()
    clock.now += FIRST_PAUSE_S
    assert breaker.allows()


def test_pauses_grow_up_to_a_minute_and_begin_anew_after_success() -> None:
    breaker, clock = failing(times=2)
    clock.now += FIRST_PAUSE_S
    assert not breaker.allows()
    for _ in range(20):
        breaker.failed(OSError("away"))
    clock.now += LONGEST_PAUSE_S
    assert breaker.allows()
    breaker.worked()
    breaker.failed(OSError("away"))
    clock.now += FIRST_PAUSE_S
    assert breaker.allows()


def test_the_log_says_when_it_goes_and_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        breaker, _ = failing()
        breaker.worked()
        breaker.worked()
    assert [record.getMessage() for record in caplog.records] == [
        "the search server is left alone for 5 s: away",
        "the search server answers again",
    ]
