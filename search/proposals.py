"""What a query that found nothing may have been meant to say, as the catalogue spells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from search.text import Token, normalise, occurrences, tokens

MOST_TEXTS = 60
# Their names are codes.
NOT_NAMED = ("licence", "captions", "length")
# Of shorter words too many are alike.
_FROM_LETTERS = 4
_MOST_WORDS = 8

# What a word may have been, with the number of edits.
Options = Mapping[str, int]


class Catalogue(Protocol):
    """Titles and names of what is in the index now, in which every word is an option."""

    def knows(self, folded: str) -> bool:
        """Whether anything holds this word; of codes it may say so without knowing."""

    def neighbours(self, folded: str) -> Sequence[str]:
        """Known words one edit away; asked of words that may be another."""

    def titles(self, options: Sequence[Options]) -> Sequence[str]:
        """Where the words stand next to each other, the best known first."""

    def names(self, options: Sequence[Options]) -> Sequence[str]: ...


def proposed(words: Sequence[Token], catalogue: Catalogue) -> str | None:
    """A part of a title or a name that reads nearly like this, else word by word.

    Only titles and names are looked at, of what is in the index now: they are spelt
    with care, and nothing that was withdrawn is ever proposed.
    """
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    options = [_options(word, catalogue) for word in words]
    if not all(options):
        return None
    return _as_a_whole(options, catalogue) or _word_by_word(options, catalogue)


def may_be_another(folded: str) -> bool:
    """Long enough, and no code or number."""
    return len(folded) >= _FROM_LETTERS and folded.isalpha()


def _options(word: Token, catalogue: Catalogue) -> Options:
    """None where neither it nor a word near it is known."""
    near: list[str] = []
    if may_be_another(word.folded):
        near = [*catalogue.neighbours(word.folded)]
    if not near and not catalogue.knows(word.folded):
        return {}
    return {word.folded: 0, **dict.fromkeys(near, 1)}


def _as_a_whole(options: Sequence[Options], catalogue: Catalogue) -> str | None:
    """Where the words stand in a row, with the fewest edits; the most frequent of equals."""
    found: Counter[tuple[int, str]] = Counter()
    spelling: dict[str, str] = {}
    for text in (*catalogue.names(options), *catalogue.titles(options)):
        for piece, edits in _pieces(text, options):
            alike = normalise(piece)
            found[edits, alike] += 1
            spelling.setdefault(alike, piece)
    if not found:
        return None
    return spelling[min(found, key=lambda one: (one[0], -found[one], one[1]))[1]]


def _word_by_word(options: Sequence[Options], catalogue: Catalogue) -> str | None:
    """Only where a word may have been another: else it is what was typed."""
    if all(len(one) == 1 for one in options):
        return None
    chosen: list[str] = []
    for one in options:
        word = _as_a_whole([one], catalogue)
        if word is None:
            return None
        chosen.append(word)
    return normalise(" ".join(chosen))


def _pieces(text: str, options: Sequence[Options]) -> Iterator[tuple[str, int]]:
    # Of one word all places are at hand; neighbours are only seen among all words.
    words = tokens(text) if len(options) > 1 else occurrences(text, options[0])
    for start in range(len(words) - len(options) + 1):
        row = words[start : start + len(options)]
        edits = [
            option.get(word.folded) for word, option in zip(row, options, strict=True)
        ]
        if None not in edits:
            yield text[row[0].start : row[-1].end], sum(one or 0 for one in edits)
