"""Where in a clip the words are said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from search.embedded.models import Cue
from search.embedded.vendors import vendor
from search.highlights import highlight
from search.questions import Question, Wish
from search.results import Moment
from search.text import Token

MOST_A_CLIP = 3
_MOST_READ = 1_000


def moments(
    document_ids: Collection[int], question: Question
) -> Mapping[int, tuple[Moment, ...]]:
    """By document, in the order of time: a few of its best cues, if they say half of the words.

    Of equal cues those with the words in a row are taken first.
    """
    if not question.wishes or not document_ids:
        return {}
    best: defaultdict[int, list[Cue]] = defaultdict(list)
    for cue in _saying(question, document_ids)[:_MOST_READ]:
        chosen = best[cue.document_id]
        if len(chosen) < MOST_A_CLIP and (not chosen or _said(cue) == _said(chosen[0])):
            chosen.append(cue)
    return {
        document_id: tuple(_moment(cue, question) for cue in sorted(chosen, key=_start))
        for document_id, chosen in best.items()
    }


def moments_inside(document_id: int, question: Question) -> tuple[Moment, ...]:
    """All of one clip's best cues, in the order of time."""
    if not question.wishes:
        return ()
    cues = list(_saying(question, [document_id])[:_MOST_READ])
    best = [cue for cue in cues if _said(cue) == _said(cues[0])]
    return tuple(_moment(cue, question) for cue in sorted(best, key=_start))


def _saying(question: Question, document_ids: Collection[int]) -> QuerySet[Cue]:
    """The cues with at least half of the words, best first."""
    cues = Cue.objects.filter(document__in=document_ids).annotate(
        said=_words_said(question.wishes), together=_pairs_said(question.words)
    )
    at_least = (len(question.words) + 1) // 2
    return cues.filter(said__gte=at_least).order_by("-said", "-together", "start_ms")


def _words_said(wishes: Sequence[Wish]) -> RawSQL:
    """Each word typed; where a cue says what they stand for, it says them all."""
    sums: list[str] = []
    params: list[str] = []
    for wish in wishes:
        words = [f" {word.folded} " for word in wish.typed]
        rows = [f" {' '.join(word.folded for word in other)} " for other in wish.others]
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


def _said(cue: Cue) -> int:
    return int(getattr(cue, "said"))  # noqa: B009 - annotated above


def _start(cue: Cue) -> int:
    return cue.start_ms


def _moment(cue: Cue, question: Question) -> Moment:
    return Moment(
        cue.start_ms, cue.end_ms, cue.text, highlight(cue.text, question.shown)
    )
