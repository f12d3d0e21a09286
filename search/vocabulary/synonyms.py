"""What typed words stand for, as the editors' rows say at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.prepared import prepared
from search.text import Token, tokens
from search.vocabulary.models import Synonym

MOST_MEANINGS = 8


class Meaning(NamedTuple):
    """A row of words, and another one that it stands for."""

    typed: tuple[Token, ...]
    means: tuple[Token, ...]


# By the first word, folded; longer rows of words first.
Table = Mapping[str, Sequence[Meaning]]

_rows = prepared(
    lambda: Synonym.objects.order_by("pk").values_list("words", "means", "both_ways")
)


def current() -> Table:
    """The table of now. The rows are few and read each time, so a change is never missed,
    whichever process made it; only what is made of them is kept.
    """
    return _table(tuple(_rows()))


def meanings(
    words: Sequence[Token], table: Table
) -> tuple[tuple[Token, ...], list[tuple[Token, ...]]]:
    """The longest row at the beginning of these words that stands for something, and for what.

    A word typed with marks must have those of the table: hòa is not hóa; "hoa" may be.
    """
    found = [
        meaning
        for meaning in table.get(words[0].folded, ())
        if _begins(words, meaning.typed)
    ]
    if not found:
        return (words[0],), []
    length = len(found[0].typed)
    several = [one.means for one in found if len(one.typed) == length]
    return tuple(words[:length]), several[:MOST_MEANINGS]


def _begins(words: Sequence[Token], typed: Sequence[Token]) -> bool:
    return len(words) >= len(typed) and all(
        word.key == known.key if word.marked else word.folded == known.folded
        for word, known in zip(words, typed, strict=False)
    )


@lru_cache(maxsize=4)
def _table(rows: tuple[tuple[str, str, bool], ...]) -> Table:
    table: defaultdict[str, list[Meaning]] = defaultdict(list)
    for words, means, both_ways in rows:
        one, other = tokens(words), tokens(means)
        pairs = [(one, other), (other, one)] if both_ways else [(one, other)]
        for typed, stands_for in pairs:
            if typed and stands_for:
                table[typed[0].folded].append(Meaning(typed, stands_for))
    for several in table.values():
        several.sort(key=lambda meaning: -len(meaning.typed))
    return table
