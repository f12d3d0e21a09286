"""Where in a clip the words are said: nested captions and their inner hits."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    Nested,
    Query,
    Term,
)

from search.elasticsearch.matching import wish_in
from search.embedded.moments import MOST_A_CLIP
from search.highlights import highlight
from search.questions import Question
from search.results import Moment

# A wish outweighs all pairs together.
_WISH = 100.0
_FIELD = "captions.words"


def said(question: Question, most: int = MOST_A_CLIP) -> Query:
    """Clips with a cue that holds at least half of the wishes; the cues as inner hits."""
    wishes = [
        _worth(wish_in(_FIELD, [_FIELD], wish, typos=question.typos), _WISH)
        for wish in question.wishes
    ]
    pairs = [
        _worth(Term(**{f"{_FIELD}.pairs": f"{a.folded} {b.folded}"}), 1.0)
        for a, b in pairwise(question.words)
    ]
    least = (len(wishes) + 1) // 2
    return Nested(
        path="captions",
        query=Bool(
            must=[Bool(should=wishes, minimum_should_match=least)], should=pairs
        ),
        inner_hits={
            "name": "said",
            "size": most,
            "sort": [{"_score": "desc"}, {"captions.start_ms": "asc"}],
        },
    )


def moments_of(hit: dict[str, Any], words: Collection[str]) -> tuple[Moment, ...]:
    """In the order of time: of the cues those with the most wishes."""
    cues = hit.get("inner_hits", {}).get("said", {}).get("hits", {}).get("hits", ())
    best = [cue for cue in cues if _wishes(cue) == _wishes(cues[0])]
    moments = [_moment(cue["_source"], words) for cue in best]
    return tuple(sorted(moments, key=lambda moment: moment.start_ms))


def _wishes(cue: dict[str, Any]) -> int:
    return int(cue["sort"][0] // _WISH)  # by score, then by time


def _moment(cue: dict[str, Any], words: Collection[str]) -> Moment:
    text = cue["text"]
    return Moment(cue["start_ms"], cue["end_ms"], text, highlight(text, words))


def _worth(query: Query, points: float) -> Query:
    return ConstantScore(filter=query, boost=points)
