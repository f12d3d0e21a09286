"""Two films are one by their sound; only silent ones by pictures alone."""

from __future__ import annotations

import random

import pytest

from media_pipeline.likeness import pictures, sounds
from media_pipeline.likeness.matching import (
    A_VIEW,
    VIEWS,
    WORDS,
    Films,
    likeness,
    terms,
)
from media_pipeline.likeness.tracks import Track, track_of

LENGTH_S = 60


def track(seed: int, width: int, length: float, *, sure: bool = True) -> Track:
    chance = random.Random(seed)
    all_of_it = 2**width - 1 if sure else 0
    rows = [(chance.getrandbits(width), all_of_it) for _ in range(round(length))]
    return track_of(rows, width)


def film(look: int, voice: int | None, words: frozenset[int] = frozenset()) -> Films:
    heard = track(
        voice or 0, sounds.WIDTH, LENGTH_S * sounds.PER_S, sure=voice is not None
    )
    return Films(track(look, pictures.WIDTH, LENGTH_S), heard, words)


def slide(voice: int) -> Films:
    still = track_of([(0xF0F0, 2**64 - 1)] * LENGTH_S, pictures.WIDTH)
    return Films(still, film(1, voice).sound)


def cut(films: Films, seconds: int) -> Films:
    def shorter(track: Track, per_s: float) -> Track:
        return track_of(track.instants()[round(seconds * per_s) :], track.width)

    return Films(shorter(films.pictures, 1), shorter(films.sound, sounds.PER_S))


def test_the_same_film_is_alike() -> None:
    found = likeness(film(1, 1), film(1, 1))
    assert found is not None
    assert (found.percent, found.shift_ms) == (100, 0)


@pytest.mark.parametrize("seconds", [3, 20])
def test_a_cut_at_the_start_is_told(seconds: int) -> None:
    found = likeness(film(1, 1), cut(film(1, 1), seconds))
    assert found is not None
    assert abs(found.shift_ms - seconds * 1000) < 130
    assert likeness(cut(film(1, 1), seconds), film(1, 1)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (slide(1), slide(2)),  # the same picture all the time, another voice
        (film(1, 1), film(2, 1)),  # the same voice over other pictures
        (film(1, None), film(2, None)),
        (film(1, 1), cut(film(1, 1), 45)),  # a quarter of it
    ],
    ids=["slides", "voice", "silent", "too short"],
)
def test_what_differs_is_not_alike(one: Films, other: Films) -> None:
    assert likeness(one, other) is None


def test_a_copy_without_sound_is_known_by_its_pictures() -> None:
    assert likeness(film(1, 1), film(1, None)) is not None
    assert likeness(film(1, None), cut(film(1, None), 5)) is not None


def test_a_silent_film_that_shows_one_picture_tells_nothing() -> None:
    still = track_of([(0xF0F0, 2**64 - 1)] * LENGTH_S, pictures.WIDTH)
    silent = Films(still, film(1, None).sound)
    assert likeness(silent, silent) is None


def test_two_copies_choose_the_same_terms() -> None:
    said = frozenset(random.Random(3).sample(range(A_VIEW), 400))
    whole = terms(film(1, 1, said))
    assert len(whole) == len(set(whole)) == WORDS + VIEWS
    most_of_it = terms(film(1, 1, frozenset(list(said)[:300])))
    assert len(set(whole) & set(most_of_it)) > WORDS // 2
    assert max(whole) < 2**31  # what every database takes
