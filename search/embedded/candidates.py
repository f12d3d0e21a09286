"""Which of very many hits are weighed: those in whose title or names the words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from search.embedded.matching import Matches
from search.embedded.shelves import Found
from search.embedded.terms import exact, in_names, in_title
from search.embedded.vendors import Wanted
from search.queries import DEEPEST_OFFSET, LARGEST_PAGE
from search.questions import Question
from search.weights import WISH_HELD

# Pages end long before; what stands in a description alone is not among them then.
MOST_WEIGHED = DEEPEST_OFFSET + LARGEST_PAGE
BEST_KNOWN = ("-lift", "-pk")


class Group(NamedTuple):
    """Documents that are weighed against each other, and what each is worth besides."""

    ids: list[int]
    worth: int = 0


def weighed(matches: Matches) -> Iterator[Group]:
    """All that was found; of too many the most promising, the same for every page.

    Where one word suffices, whatever holds more of them comes first: group by group.
    """
    if not matches.question.any_word:
        yield Group(_promising(matches))
        return
    shelf, found = matches.shelf, matches.found
    for wishes, these in _by_wishes(matches.by_wish):
        if those := these & found:
            best = shelf.first_of(those, BEST_KNOWN, MOST_WEIGHED)
            yield Group(best, wishes * WISH_HELD)


def _promising(matches: Matches) -> list[int]:
    shelf, found = matches.shelf, matches.found
    if found.bit_count() <= MOST_WEIGHED:
        return shelf.ids(found)
    chosen: dict[int, None] = {}
    for wanted in _of_titles_and_names(matches.question):
        promising = shelf.holding(wanted) & found
        best = shelf.first_of(promising, BEST_KNOWN, MOST_WEIGHED)
        chosen |= dict.fromkeys(best)
        if len(chosen) >= MOST_WEIGHED:
            return list(chosen)[:MOST_WEIGHED]
    chosen |= dict.fromkeys(shelf.first_of(found, BEST_KNOWN, MOST_WEIGHED))
    return list(chosen)[:MOST_WEIGHED]


def _by_wishes(by_wish: Sequence[Found]) -> Iterator[tuple[int, Found]]:
    """The documents with so many wishes and no more, those with most first."""
    at_least: list[Found] = []  # with one, with two, ...
    for held in by_wish:
        more = [held, *(before & held for before in at_least)]
        at_least = [
            before | new for before, new in zip_longest(at_least, more, fillvalue=0)
        ]
    above = 0
    for wishes in range(len(at_least), 0, -1):
        yield wishes, at_least[wishes - 1] & ~above
        above = at_least[wishes - 1]


def _of_titles_and_names(question: Question) -> Iterator[Wanted]:
    """Terms that only hits have, the more promising first."""
    titles = [[in_title(word.folded)] for word in question.words]
    named = [[in_title(word.folded), in_names(word.folded)] for word in question.words]
    if marked := [[exact(word.key)] for word in question.words if word.marked]:
        yield titles + marked
        yield named + marked
        yield marked
    yield titles
    yield named
