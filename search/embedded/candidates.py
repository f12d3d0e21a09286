"""Which of very many hits are weighed: those in whose title or names the words stand."""

from __future__ import annotations

from collections.abc import Iterator

from search.embedded.matching import alternatives
from search.embedded.shelves import Found, Shelf
from search.embedded.terms import exact, in_names, in_title
from search.embedded.vendors import Wanted
from search.queries import DEEPEST_OFFSET, LARGEST_PAGE
from search.questions import Question

# Pages end long before; what stands in a description alone is not among them then.
MOST_WEIGHED = DEEPEST_OFFSET + LARGEST_PAGE
BEST_KNOWN = ("-lift", "-pk")


def weighed(question: Question, shelf: Shelf, found: Found) -> list[int]:
    """All that was found; of too many the most promising, the same for every page."""
    if found.bit_count() <= MOST_WEIGHED:
        return shelf.ids(found)
    chosen: dict[int, None] = {}
    for tier in _tiers(question):
        for wanted in tier:
            promising = shelf.holding(wanted) & found
            best = shelf.first_of(promising, BEST_KNOWN, MOST_WEIGHED)
            chosen |= dict.fromkeys(best)
        if len(chosen) >= _enough(question):
            return list(chosen)[:MOST_WEIGHED]
    chosen |= dict.fromkeys(shelf.first_of(found, BEST_KNOWN, MOST_WEIGHED))
    return list(chosen)[:MOST_WEIGHED]


def _enough(question: Question) -> int:
    """Where one word suffices, what holds more comes first anyway: the page is enough."""
    query = question.query
    return query.offset + query.limit if question.any_word else MOST_WEIGHED


def _tiers(question: Question) -> Iterator[list[Wanted]]:
    """Terms that only hits have."""
    if question.any_word:
        yield _all_but_one(question)
    else:
        yield from _of_titles_and_names(question)


def _of_titles_and_names(question: Question) -> Iterator[list[Wanted]]:
    titles = [[in_title(word.folded)] for word in question.words]
    named = [[in_title(word.folded), in_names(word.folded)] for word in question.words]
    if marked := [[exact(word.key)] for word in question.words if word.marked]:
        yield [titles + marked]
        yield [named + marked]
        yield [marked]
    yield [titles]
    yield [named]


def _all_but_one(question: Question) -> list[Wanted]:
    wanted = [alternatives(wish) for wish in question.wishes]
    return [wanted[:n] + wanted[n + 1 :] for n in range(len(wanted))]
