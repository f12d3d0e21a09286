"""What completing needs to know of what was typed, and how near a text is to it."""

from __future__ import annotations

from dataclasses import dataclass

from search.facets import SPEAKER
from search.queries import LONGEST_TEXT, MOST_WORDS
from search.text import Token, letters, normalise, readable, tokens

MOST = 20
KINDS = ("subject", "series", "skill", "unit", SPEAKER)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: whole words, and the beginnings that the last one may be."""

    whole: tuple[Token, ...]
    beginnings: tuple[str, ...]
    marked: str = ""  # as it was written, where it was written with marks

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words in a row, as they stand between spaces."""
        before = "".join(f" {word.folded}" for word in self.whole)
        if not self.beginnings:
            return (f"{before} ",)
        return tuple(f"{before} {beginning}" for beginning in self.beginnings)


def typed_in(prefix: str) -> Typed | None:
    """None where there is no word to complete."""
    text = readable(prefix)[:LONGEST_TEXT]
    words = tokens(text)[:MOST_WORDS]
    if not words:
        return None
    marked = normalise(text).strip() if any(word.marked for word in words) else ""
    if words[-1].end < len(text):  # a space or a comma ended the last word
        return Typed(words, (), marked)
    # "ky" may become kỹ, which is kept as "ki", or kyoto, which is kept as it is.
    last = words[-1]
    beginnings = dict.fromkeys((letters(last.text), last.folded))
    return Typed(words[:-1], tuple(beginnings), marked)


def nearness(text: str, folded: str, typed: Typed) -> int:
    """Marks typed are marks meant (4); else it begins like this (2), or has it in a row (1)."""
    marks = 4 if typed.marked and typed.marked in normalise(text) else 0
    if folded.startswith(typed.phrases):
        return marks + 2
    return marks + any(phrase in folded for phrase in typed.phrases)
