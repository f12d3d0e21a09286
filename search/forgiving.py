"""What the longer words of a question may have been meant to be, one edit away.

An engine says which words it knows; asked only where a query found nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from search.questions import Question, Wish, may_be_misspelt
from search.text import tokens

MOST_NEIGHBOURS = 8


class KnownWords(Protocol):
    """The words of an index, folded."""

    def knows(self, folded: str) -> bool: ...

    def neighbours(self, folded: str) -> Sequence[str]:
        """Known words one edit away with the same first letter, the most frequent first."""


def forgiven(question: Question, words: KnownWords) -> Question:
    """The question with what its longer words may have been meant to be."""
    return replace(
        question, wishes=tuple(_forgiven(wish, words) for wish in question.wishes)
    )


def is_one_edit(one: str, other: str) -> bool:
    """One letter more, less or different, or two that changed places."""
    shorter, longer = sorted((one, other), key=len)
    if one == other or len(longer) - len(shorter) > 1:
        return False
    at = next(
        (
            n
            for n, pair in enumerate(zip(shorter, longer, strict=False))
            if pair[0] != pair[1]
        ),
        len(shorter),
    )
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = longer[at + 1 : at + 2] + longer[at : at + 1]
    return shorter[at + 1 :] == longer[at + 1 :] or (
        shorter[at : at + 2] == swapped and shorter[at + 2 :] == longer[at + 2 :]
    )


def _forgiven(wish: Wish, words: KnownWords) -> Wish:
    if len(wish.typed) > 1 or not may_be_misspelt(wish.typed[0]):
        return wish
    word = wish.typed[0].folded
    near = [tokens(one) for one in words.neighbours(word)]
    if near and not words.knows(word):
        # What nobody wrote is not looked for: the likeliest neighbour stands in its place.
        return Wish((*near[:1], *wish.others, *near[1:]))
    return Wish((wish.typed, *wish.others, *near))
