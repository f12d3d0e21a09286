"""What each way of answering is worth: the numbers by which every engine ranks.

A clip's score is a sum of whole numbers; its lift, less than one, is added to it. So the
lift decides between clips that answer alike and nothing else, whether an engine adds it
or orders by it after the score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from search.documents import Record
from search.text import Token


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a clip, and what is worth how much in it."""

    name: str
    word: int
    other_marks: int  # instead, where a word typed with marks stands with others
    marks: int  # besides, where it stands with those that were typed
    pair: int  # two words next to each other; as much again with the marks of both

    @property
    def exactly(self) -> int:
        """More than with other marks, where a word stands as it was typed."""
        return self.word - self.other_marks + self.marks


FIELDS = (
    Field("title", word=18, other_marks=6, marks=12, pair=12),
    Field("names", word=9, other_marks=3, marks=6, pair=12),
    Field("description", word=3, other_marks=1, marks=3, pair=3),
)
# Whoever types toán wants Toán: that it is there at all outweighs where toàn stands.
MARKS_ANYWHERE = 30
# Syllables of one word belong together, be it in one caption of many: “Bình Phước” in
# the name of a series comes before a title with bình and phước apart.
NEIGHBOURS_ANYWHERE = 9
# More than all else together: where one word suffices, two come first.
WISH_HELD = 300
WHOLE_TITLE = 18
BEGINS_TITLE = 6

POPULARITY = 0.6
FRESHNESS = 0.3
_FULL_VIEWS = 100_000
_OLDEST = datetime(2015, 1, 1, tzinfo=UTC)
_YEARS_APART = timedelta(days=365.25 * 25)


def marks_are_meant(words: Sequence[Token]) -> bool:
    """Whoever marks two words and most of them means the bare ones to be bare: hoa học trò."""
    marked = sum(word.marked for word in words)
    return marked >= 2 and 2 * marked > len(words)


def lift(record: Record) -> float:
    """What decides between clips that answer alike; less than any word's worth."""
    return POPULARITY * popularity(record.views) + FRESHNESS * freshness(
        record.published_at
    )


def freshness(published: datetime | None) -> float:
    """0 to 1, the same for good: each year is as much as another, old or new."""
    if published is None:
        return 0.0
    return min(max((published - _OLDEST) / _YEARS_APART, 0.0), 1.0)


def popularity(views: int) -> float:
    """0 to 1, by orders of magnitude: ten times the views is one fifth more."""
    return min(math.log10(max(views, 0) + 1) / math.log10(_FULL_VIEWS), 1.0)
