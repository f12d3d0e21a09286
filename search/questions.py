"""What an engine is asked: the attempts at a query, in order, each one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.queries import Query
from search.text import Token


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that must be there, in one of its alternatives.

    The first alternative is as it was typed: its words may stand anywhere. Of every
    other one the words stand in a row.
    """

    alternatives: tuple[tuple[Token, ...], ...]

    @property
    def typed(self) -> tuple[Token, ...]:
        return self.alternatives[0]

    @property
    def others(self) -> tuple[tuple[Token, ...], ...]:
        return self.alternatives[1:]


@dataclass(frozen=True, slots=True)
class Question:
    """One attempt at a query; filters, page and order are the query's."""

    query: Query
    wishes: tuple[Wish, ...]
    # The last resort: one wish suffices, whatever holds more of them comes first.
    any_word: bool = False
    # Words of five letters and more may be one edit away; their first letter holds.
    typos: bool = False

    @property
    def words(self) -> tuple[Token, ...]:
        """The words as they were typed."""
        return tuple(word for wish in self.wishes for word in wish.typed)

    @property
    def shown(self) -> frozenset[str]:
        """The folded words that are highlighted: what was typed and what it stands for."""
        return frozenset(
            word.folded
            for wish in self.wishes
            for alternative in wish.alternatives
            for word in alternative
        )

    @property
    def is_answerable(self) -> bool:
        """Where something was typed that is no word, nothing can match it."""
        return self.query.is_browsing or bool(self.wishes)


def attempts(query: Query) -> Iterator[Question]:
    """Each is asked only when those before it found nothing."""
    yield as_typed(query)


def as_typed(query: Query) -> Question:
    """All words."""
    return Question(query, tuple(Wish(((word,),)) for word in query.words))
