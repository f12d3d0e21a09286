"""What an engine is asked: the attempts at a query, in order, each one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.queries import Query
from search.text import Token
from search.vocabulary import synonyms
from search.vocabulary.keystrokes import decoded

# A shorter word is one edit away from too many others.
TYPOS_FROM_LETTERS = 5


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

    @property
    def fuller(self) -> list[tuple[Token, ...]]:
        """Others that say what was typed as well, so find nothing more: “lịch sử” for “sử”."""
        return [other for other in self.others if _says(other, self.typed)]

    @property
    def instead(self) -> list[tuple[Token, ...]]:
        """Others in other words: “trung học phổ thông” for “thpt”."""
        return [other for other in self.others if not _says(other, self.typed)]


@dataclass(frozen=True, slots=True)
class Question:
    """One attempt at a query; filters, page and order are the query's."""

    query: Query
    wishes: tuple[Wish, ...]
    # The last resort: one wish suffices, whatever holds more of them comes first.
    any_word: bool = False
    # Words of five letters and more may be one edit away; their first letter holds.
    typos: bool = False
    # What was typed, in the spelling it was meant in; None where it is what was typed.
    meant: str | None = None

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
    question = with_synonyms(query)
    yield question
    if meant := decoded(query.words):
        spelling = " ".join(word.text for word in meant)
        understood = wishes(meant, synonyms.current())
        yield Question(query, understood, meant=spelling)
    if any(may_be_misspelt(word) for word in question.words):
        yield replace(question, typos=True)
    if len(question.wishes) > 1:
        yield replace(question, any_word=True)


def with_synonyms(query: Query) -> Question:
    """All words, or what they stand for."""
    table = synonyms.current() if query.words else {}
    return Question(query, wishes(query.words, table))


def as_typed(query: Query) -> Question:
    """All words, none standing for another: asked of no table."""
    return Question(query, wishes(query.words, {}))


def wishes(words: Sequence[Token], table: synonyms.Table) -> tuple[Wish, ...]:
    """Each word once, or the row of words that stands for something."""
    found: list[Wish] = []
    rest = list(words)
    while rest:
        typed, meanings = synonyms.meanings(rest, table)
        found.append(Wish((typed, *meanings)))
        rest = rest[len(typed) :]
    return tuple(found)


def _says(row: Sequence[Token], words: Sequence[Token]) -> bool:
    """The words stand in the row, next to each other."""
    return _line(words) in _line(row)


def _line(words: Sequence[Token]) -> str:
    return f" {' '.join(word.folded for word in words)} "


def may_be_misspelt(word: Token) -> bool:
    """Long enough, and no code or number."""
    return len(word.folded) >= TYPOS_FROM_LETTERS and word.folded.isalpha()
