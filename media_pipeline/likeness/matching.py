"""Whether two films are one: by their sound where both have one, by pictures in any case.

Lectures share templates, so pictures alone convict nobody that can be heard; many share
a jingle, so all that overlaps is compared and not the best part of it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from media_pipeline.likeness import sounds
from media_pipeline.likeness.tracks import Fit, Track

SHIFT_S = 30  # what may be missing at the start of one of them
OVERLAP = 0.6  # of the shorter one
SOUND_ERROR = 0.13
PICTURE_ERROR = 0.2
PICTURE_ERROR_ALONE = 0.05  # of silent clips
LEAST_SOUND = 400  # bits that are sure in both
LEAST_PICTURE = 60
VARIETY = 6  # different pictures, of which a silent clip must show some
WORDS, VIEWS = 48, 24  # of each clip, in the index
A_VIEW = 1 << 30  # marks them; words are smaller


@dataclass(frozen=True)
class Films:
    """What is known of one clip; `words` only while its fingerprint is made."""

    pictures: Track
    sound: Track
    words: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Likeness:
    percent: int
    shift_ms: int  # how far into the first the second one begins


def likeness(one: Films, other: Films) -> Likeness | None:
    """None where they are two."""
    if _is_heard(one.sound) and _is_heard(other.sound):
        fit = _heard_alike(one, other)
        shift_s = fit.shift / sounds.PER_S if fit else 0
        if fit is None or not _looks_alike(one, other, shift_s):
            return None
    else:
        fit = _seen_alike(one, other)
        shift_s = fit.shift if fit else 0
        if fit is None:
            return None
    return Likeness(round(100 * (1 - fit.error)), round(1000 * shift_s))


def _is_heard(sound: Track) -> bool:
    return int.from_bytes(sound.sure, "little").bit_count() >= LEAST_SOUND


def _heard_alike(one: Films, other: Films) -> Fit | None:
    least = _least(one.sound, other.sound, LEAST_SOUND)
    most = round(SHIFT_S * sounds.PER_S)
    fit = one.sound.best(other.sound, most, least)
    return fit if fit and fit.error <= SOUND_ERROR else None


def _looks_alike(one: Films, other: Films, shift_s: float) -> bool:
    """A second either way: pictures are a second apart. Black ones tell nothing."""
    fits = [
        one.pictures.fit(other.pictures, round(shift_s) + near) for near in (-1, 0, 1)
    ]
    best = min(fits, key=lambda fit: fit.error)
    return best.compared < LEAST_PICTURE or best.error <= PICTURE_ERROR


def _seen_alike(one: Films, other: Films) -> Fit | None:
    if min(_variety(one.pictures), _variety(other.pictures)) < VARIETY:
        return None
    least = _least(one.pictures, other.pictures, LEAST_PICTURE)
    fit = one.pictures.best(other.pictures, SHIFT_S, least)
    return fit if fit and fit.error <= PICTURE_ERROR_ALONE else None


def _least(one: Track, other: Track, at_all: int) -> int:
    """What must be compared, in bits: most of what the shorter one is sure of."""
    sure = min(int.from_bytes(each.sure, "little").bit_count() for each in (one, other))
    return max(at_all, round(OVERLAP * sure))


def _variety(pictures: Track) -> int:
    return len({said for said, sure in pictures.instants() if sure})


def terms(films: Films) -> list[int]:
    """What an index finds others by: words of the sound, and quarters of pictures. Of all
    of them those with the smallest scrambled value, so that two copies choose the same."""
    views = {
        A_VIEW | part << 16 | quarter
        for said, _ in films.pictures.instants()
        for part in range(4)
        if 3 <= (quarter := said >> 16 * part & 0xFFFF).bit_count() <= 13
    }
    return [
        *heapq.nsmallest(WORDS, films.words, key=_scrambled),
        *heapq.nsmallest(VIEWS, views, key=_scrambled),
    ]


def _scrambled(term: int) -> int:
    return (term + 1) * 2_654_435_761 % 2**32
