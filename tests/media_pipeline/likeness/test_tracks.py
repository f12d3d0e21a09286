"""Rows of bits are compared where both are sure, at any shift."""

from __future__ import annotations

import random

import pytest

from media_pipeline.likeness.tracks import Fit, Track, track_of

WIDTH = 16


def voice(seed: int, length: int, sure: int = 0xFFFF) -> list[tuple[int, int]]:
    chance = random.Random(seed)
    return [(chance.getrandbits(WIDTH), sure) for _ in range(length)]


def test_what_it_is_made_of_can_be_read_again() -> None:
    instants = voice(1, 50)
    track = track_of(instants, WIDTH)
    assert track.instants() == instants
    assert len(track) == 50
    assert Track(WIDTH, track.said, track.sure) == track


@pytest.mark.parametrize("cut", [0, 1, 7, 30])
def test_a_cut_at_the_start_is_found_from_either_side(cut: int) -> None:
    instants = voice(1, 200)
    whole, rest = track_of(instants, WIDTH), track_of(instants[cut:], WIDTH)
    compared = (200 - cut) * WIDTH
    assert whole.best(rest, 40, 100) == Fit(cut, compared, 0)
    assert rest.best(whole, 40, 100) == Fit(-cut, compared, 0)


def test_only_bits_that_both_are_sure_of_are_compared() -> None:
    one = track_of([(0b1111, 0b1100)], WIDTH)
    other = track_of([(0b0000, 0b0110)], WIDTH)
    assert one.fit(other, 0) == Fit(0, compared=1, wrong=1)


def test_too_little_in_common_is_no_fit() -> None:
    instants = voice(1, 200)
    whole, rest = track_of(instants, WIDTH), track_of(instants[150:], WIDTH)
    assert whole.best(rest, 20, 1000) is None
    assert Fit(0, 0, 0).error == 1.0


def test_strangers_differ_in_every_second_bit() -> None:
    one, other = track_of(voice(1, 400), WIDTH), track_of(voice(2, 400), WIDTH)
    best = one.best(other, 40, 1000)
    assert best is not None
    assert best.error > 0.4
