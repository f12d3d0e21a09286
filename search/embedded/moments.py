"""Where in a clip the words are said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from search.embedded.models import Cue
from search.embedded.vendors import vendor
from search.highlights import highlight
from search.questions import Question, Wish
from search.results import Moment
from search.text import Token

MOST_A_CLIP = 3
_MOST_READ = 1_000


class Said(NamedTuple):
    """A cue, how many of the words it says, and how many of them next to each other."""

    document: int
    start_ms: int
    end_ms: int
    text: str
    words: int
    pairs: int


def moments(
    document_ids: Collection[int], question: Question
) -> Mapping[int, tuple[Moment, ...]]:
    """By document, in the order of time: a few of its best cues, if they say half of the words.

    Of equal cues those with the words in a row are taken first.
    """
    if not question.wishes or not document_ids:
        return {}
    best: defaultdict[int, list[Said]] = defaultdict(list)
    for cue in _saying(question, document_ids):
        chosen = best[cue.document]
        if len(chosen) < MOST_A_CLIP and (not chosen or cue.words == chosen[0].words):
            chosen.append(cue)
    return {
        document: _moments(chosen, question.shown) for document, chosen in best.items()
    }


def moments_inside(document_id: int, question: Question) -> tuple[Moment, ...]:
    """All of one clip's best cues, in the order of time."""
    if not question.wishes:
        return ()
    cues = _saying(question, [document_id])
    best = [cue for cue in cues if cue.words == cues[0].words]
    return _moments(best, question.shown)


def _saying(question: Question, document_ids: Collection[int]) -> list[Said]:
    """The cues with at least half of the words, best first."""
    cues = Cue.objects.filter(document__in=document_ids).annotate(
        said=_words_said(question.wishes), together=_pairs_said(question.words)
    )
    at_least = (len(question.words) + 1) // 2
    best = cues.filter(said__gte=at_least).order_by("-said", "-together", "start_ms")
    columns = best.values_list(
        "document", "start_ms", "end_ms", "text", "said", "together"
    )
    return [Said(*row) for row in columns[:_MOST_READ]]


def _words_said(wishes: Sequence[Wish]) -> RawSQL:
    """Each word typed; where a cue says what they stand for, it says them all."""
    sums: list[str] = []
    params: list[str] = []
    for wish in wishes:
        words = [f" {word.folded} " for word in wish.typed]
        rows = [
            f" {' '.join(word.folded for word in other)} " for other in wish.instead
        ]
        said = " + ".join([_one_if_said()] * len(words))
        if rows:
            either = " OR ".join([_is_said()] * len(rows))
            said = f"CASE WHEN {either} THEN {len(words)} ELSE {said} END"
        sums.append(said)
        params += rows + words
    return _sql(sums, params)


def _pairs_said(words: Sequence[Token]) -> RawSQL:
    pairs = [f" {a.folded} {b.folded} " for a, b in pairwise(words)]
    return _sql(["0", *[_one_if_said()] * len(pairs)], pairs)


def _one_if_said() -> str:
    return f"CASE WHEN {_is_said()} THEN 1 ELSE 0 END"


def _is_said() -> str:
    return f"{vendor().position}(search_cue.folded, %s) > 0"


def _sql(sums: Sequence[str], params: Sequence[str]) -> RawSQL:
    # Built of constants; words are parameters.
    return RawSQL(" + ".join(sums), list(params), IntegerField())  # noqa: S611


def _moments(cues: Iterable[Said], words: Collection[str]) -> tuple[Moment, ...]:
    return tuple(
        Moment(cue.start_ms, cue.end_ms, cue.text, highlight(cue.text, words))
        for cue in sorted(cues, key=lambda cue: cue.start_ms)
    )
