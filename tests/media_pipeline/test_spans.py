"""Where a long clip is cut, and that the picture shown at a cut is always decoded."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.spans import MOST, Span, divided, is_in_time, read_from_ms, within

RATES = [Fraction(15), Fraction(25), Fraction(30), Fraction(30_000, 1001)]


def cuts_of(fps: Fraction, segments: int) -> tuple[int, ...]:
    return tuple(math.ceil(6 * number * fps) for number in range(segments))


@given(st.sampled_from(RATES), st.integers(1, 3000), st.integers(1, 20))
def test_spans_follow_each_other_from_the_first_picture_to_the_last(
    fps: Fraction, segments: int, least: int
) -> None:
    cuts = cuts_of(fps, segments)
    pictures = cuts[-1] + 17
    spans = divided(cuts, pictures, least)
    assert (spans[0].start, spans[-1].end) == (0, pictures)
    for before, after in itertools.pairwise(spans):
        assert before.end == after.start
        assert after.start in cuts
    lengths = [len(within(cuts, span)) for span in spans]
    assert sum(lengths) == segments
    assert len(spans) == 1 or min(lengths) >= least
    assert len(spans) <= MOST
    assert max(lengths) - min(lengths) <= 1


def test_a_clip_of_29_97_pictures_is_cut_by_pictures_not_by_seconds() -> None:
    cuts = cuts_of(Fraction(30_000, 1001), 20)
    first, second = divided(cuts, 3597, 10)
    assert first == Span(0, 1799)  # 60 s are 1798.2 pictures
    assert within(cuts, second)[:3] == (0, 180, 359)


KEYFRAMES_MS = (0, 30_000, 48_500, 55_000)


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (0, [0]),
        (899, [0]),
        (900, [30_000, 0]),
        (1300, [30_000, 0]),
        (1500, [48_500, 30_000, 0]),
    ],
)
def test_a_piece_is_read_from_the_last_key_frame_that_is_not_late(
    start: int, found: list[int]
) -> None:
    assert read_from_ms(Span(start, start + 60), Fraction(30), KEYFRAMES_MS) == found


def test_a_key_frame_a_rounding_error_late_is_still_the_one_of_the_cut() -> None:
    span = Span(180, 360)  # at 6.006 s
    assert read_from_ms(span, Fraction(30_000, 1001), (0, 6007)) == [6007, 0]


def test_without_a_known_key_frame_the_source_is_read_from_its_start() -> None:
    assert read_from_ms(Span(900, 960), Fraction(30), ()) == [0]


@pytest.mark.parametrize(
    ("first_s", "good"), [(20.0, True), (30.01, True), (30.02, False), (31.0, False)]
)
def test_a_first_picture_of_too_late_is_noticed(first_s: float, good: bool) -> None:
    assert is_in_time(first_s, Span(900, 960), Fraction(30)) is good


def test_the_first_piece_takes_whatever_comes_first() -> None:
    assert is_in_time(3.0, Span(0, 960), Fraction(30))
