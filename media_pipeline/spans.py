"""A long clip in pieces: where it is cut, and from where the source is read for a piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Each piece has the whole original fetched once more, so there are not more of them,
# however long the clip is.
MOST = 16
FAR_ENOUGH_MS = 10_000  # for any index to be right again


@dataclass(frozen=True)
class Span:
    """Pictures `start` up to `end`, counted as `Ladder.cuts` are: a grid of the clip's
    own rate, so that no rounding of seconds doubles one or loses it."""

    start: int
    end: int

    @property
    def pictures(self) -> int:
        return self.end - self.start


def divided(cuts: Sequence[int], pictures: int, segments: int) -> tuple[Span, ...]:
    """Spans that begin where a segment does and have at least `segments` of them, as
    even as can be."""
    count = min(MOST, max(1, len(cuts) // segments))
    starts = [cuts[len(cuts) * number // count] for number in range(count)]
    ends = [*starts[1:], pictures]
    return tuple(map(Span, starts, ends))


def within(cuts: Sequence[int], span: Span) -> tuple[int, ...]:
    """The cuts of one span, counted from its first picture."""
    return tuple(cut - span.start for cut in cuts if span.start <= cut < span.end)


def read_from_ms(span: Span, fps: Fraction, keyframes_ms: Sequence[int]) -> list[int]:
    """Where to read the source from: the last key frame that is not later than the span,
    then others to be tried where a container lands late when it is sought in.

    The picture shown when the span begins may be one of long ago (a screen recording):
    decoding from a key frame that is not later has it, with all that follow.
    """
    begins_ms = span.start * 1000 / fps + 1  # key frames are known to the millisecond
    found = [
        max((at for at in keyframes_ms if at <= begins_ms - earlier), default=0)
        for earlier in (0, FAR_ENOUGH_MS)
    ]
    return sorted({*found, 0}, reverse=True)


def is_in_time(first_s: float, span: Span, fps: Fraction) -> bool:
    """Was the first picture that was decoded early enough to be shown at the start?"""
    return span.start == 0 or first_s * float(fps) < span.start + 0.5
