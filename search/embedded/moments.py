"""Where in a clip the words are said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from search.embedded.models import Cue
from search.embedded.vendors import vendor
from search.highlights import highlight
from search.results import Moment
from search.text import Token

MOST_A_CLIP = 3
_MOST_READ = 1_000


def moments(
    document_ids: Collection[int], words: Sequence[Token]
) -> Mapping[int, tuple[Moment, ...]]:
    """By document, in the order of time: the cues with most of the words, if at least half.

    Of equal cues those with the words in a row are taken first.
    """
    if not words or not document_ids:
        return {}
    cues = (
        Cue.objects.filter(document__in=document_ids)
        .annotate(said=_words_said(words), together=_pairs_said(words))
        .filter(said__gte=(len(words) + 1) // 2)
        .order_by("-said", "-together", "start_ms")
    )
    best: defaultdict[int, list[Cue]] = defaultdict(list)
    for cue in cues[:_MOST_READ]:
        chosen = best[cue.document_id]
        if len(chosen) < MOST_A_CLIP and (not chosen or _said(cue) == _said(chosen[0])):
            chosen.append(cue)
    folded = frozenset(word.folded for word in words)
    return {
        document_id: tuple(_moment(cue, folded) for cue in sorted(chosen, key=_start))
        for document_id, chosen in best.items()
    }


def _words_said(words: Sequence[Token]) -> RawSQL:
    return _number_of([f" {word.folded} " for word in words])


def _pairs_said(words: Sequence[Token]) -> RawSQL:
    return _number_of([f" {a.folded} {b.folded} " for a, b in pairwise(words)])


def _number_of(pieces: Sequence[str]) -> RawSQL:
    position = f"{vendor().position}(search_cue.folded, %s)"
    cases = [f"CASE WHEN {position} > 0 THEN 1 ELSE 0 END" for _ in pieces]
    return RawSQL(  # noqa: S611 - built of constants, words are parameters
        " + ".join(["0", *cases]), list(pieces), IntegerField()
    )


def _said(cue: Cue) -> int:
    return int(getattr(cue, "said"))  # noqa: B009 - annotated above


def _start(cue: Cue) -> int:
    return cue.start_ms


def _moment(cue: Cue, folded: Collection[str]) -> Moment:
    return Moment(cue.start_ms, cue.end_ms, cue.text, highlight(cue.text, folded))
