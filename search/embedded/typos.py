"""Words one edit away that the index knows; asked only where a query found nothing."""

from __future__ import annotations

from dataclasses import replace

from search.embedded.models import Document, Word
from search.embedded.vendors import vendor
from search.questions import Question, Wish, may_be_misspelt
from search.text import tokens

MOST_NEIGHBOURS = 8


def forgiven(question: Question, generation: int) -> Question:
    """The question with what its longer words may have been meant to be."""
    return replace(
        question, wishes=tuple(_forgiven(wish, generation) for wish in question.wishes)
    )


def known(folded: str, generation: int) -> bool:
    """Whether any document holds this word."""
    return _documents(folded, generation) > 0


def neighbours(folded: str, generation: int) -> list[str]:
    """Known words one edit away with the same first letter, the most frequent first."""
    nearby = Word.objects.filter(
        generation=generation,
        initial=folded[0],
        letters__in=(len(folded) - 1, len(folded), len(folded) + 1),
    ).values_list("folded", flat=True)
    near = [word for word in nearby if is_one_edit(folded, word)]
    often = {word: _documents(word, generation) for word in near}
    known_now = sorted(
        (word for word in near if often[word]), key=lambda w: (-often[w], w)
    )
    return known_now[:MOST_NEIGHBOURS]


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


def _forgiven(wish: Wish, generation: int) -> Wish:
    if len(wish.typed) > 1 or not may_be_misspelt(wish.typed[0]):
        return wish
    word = wish.typed[0].folded
    near = [tokens(one) for one in neighbours(word, generation)]
    if near and not known(word, generation):
        # What nobody wrote is not looked for: the likeliest neighbour stands in its place.
        return Wish((*near[:1], *wish.others, *near[1:]))
    return Wish((wish.typed, *wish.others, *near))


def _documents(folded: str, generation: int) -> int:
    found = vendor().matching([[folded]])
    return Document.objects.filter(generation=generation, pk__in=found).count()
