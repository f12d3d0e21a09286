"""Which of very many hits are weighed: those in whose title or names the words stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from search.embedded.matching import alternatives, matching
from search.embedded.models import Document
from search.embedded.terms import exact, in_names, in_title
from search.embedded.vendors import Wanted
from search.queries import DEEPEST_OFFSET, LARGEST_PAGE
from search.questions import Question

# Pages end long before; what stands in a description alone is not among them then.
MOST_WEIGHED = DEEPEST_OFFSET + LARGEST_PAGE


def weighed(question: Question, generation: int, total: int) -> QuerySet[Document]:
    """All that was found; of too many the most promising, the same for every page."""
    if total <= MOST_WEIGHED:
        every = matching(question, generation)
        return Document.objects.filter(pk__in=every.values("pk"))
    chosen: dict[int, None] = {}
    for wanted in _tiers(question):
        found = matching(question, generation, wanted=wanted)
        best_first = found.order_by("-lift", "-pk").values_list("pk", flat=True)
        chosen |= dict.fromkeys(best_first[:MOST_WEIGHED])
        if len(chosen) >= MOST_WEIGHED:
            break
    return Document.objects.filter(pk__in=list(chosen)[:MOST_WEIGHED])


def _tiers(question: Question) -> Iterator[Wanted | None]:
    """Terms that only hits have; None, the question's own, at the end."""
    if question.any_word:
        yield from _all_but_one(question)
        yield None
        return
    in_titles = [[in_title(word.folded)] for word in question.words]
    named = [[in_title(word.folded), in_names(word.folded)] for word in question.words]
    if marked := [[exact(word.key)] for word in question.words if word.marked]:
        yield in_titles + marked
        yield named + marked
        yield marked
    yield in_titles
    yield named
    yield None


def _all_but_one(question: Question) -> Iterator[Wanted]:
    wanted = [alternatives(wish) for wish in question.wishes]
    for left_out in reversed(range(len(wanted))):
        yield wanted[:left_out] + wanted[left_out + 1 :]
