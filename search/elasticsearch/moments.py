"""Where in a clip the words are said: nested captions and their inner hits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, DisMax, Nested, Query, Term

from search.elasticsearch.documents import clip_id
from search.elasticsearch.matching import row_in
from search.elasticsearch.ranking import worth
from search.embedded.moments import MOST_A_CLIP
from search.highlights import highlight
from search.questions import Question, Wish
from search.results import Moment

MOST_IN_ONE = 1_000
# A word outweighs all pairs together.
_WORD = 100
_FIELD = "captions.words"
_STORED = ("captions.start_ms", "captions.end_ms", "captions.text")


def said(question: Question, most: int = MOST_A_CLIP) -> Query:
    """Clips with a cue that says a word; the cues as inner hits, best first."""
    words = [_wish(wish) for wish in question.wishes]
    pairs = [worth(row_in(_FIELD, pair), 1) for pair in pairwise(question.words)]
    either = Bool(should=words, minimum_should_match=1)
    return Nested(
        path="captions",
        query=Bool(must=[either], should=pairs),
        inner_hits={
            "name": "said",
            "size": most,
            "sort": [{"_score": "desc"}, {"captions.start_ms": "asc"}],
            "_source": False,
            "stored_fields": list(_STORED),
        },
    )


def request(record_id: int, question: Question) -> dict[str, Any]:
    """The body of a search in one clip."""
    one = Term(_id=clip_id(record_id))
    search: Search[Any] = Search().query(
        Bool(filter=[one, said(question, MOST_IN_ONE)])
    )
    return search.source(False).to_dict()  # noqa: FBT003 - the method's name says what


def moments_of(hit: Mapping[str, Any], question: Question) -> tuple[Moment, ...]:
    """In the order of time the cues with the most words, if those are half of them."""
    best = list(_best(hit))
    if not best or _words_said(best[0]) < (len(question.words) + 1) // 2:
        return ()
    moments = [_moment(cue, question.shown) for cue in best]
    return tuple(sorted(moments, key=lambda moment: moment.start_ms))


def _best(hit: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cues = hit.get("inner_hits", {}).get("said", {}).get("hits", {}).get("hits", ())
    return (cue for cue in cues if _words_said(cue) == _words_said(cues[0]))


def _wish(wish: Wish) -> Query:
    """Each word typed; where a cue says what they stand for, it says them all."""
    typed = Bool(
        should=[worth(Term(**{_FIELD: word.folded}), _WORD) for word in wish.typed]
    )
    rows = [
        worth(row_in(_FIELD, other), _WORD * len(wish.typed)) for other in wish.instead
    ]
    return DisMax(queries=[typed, *rows]) if rows else typed


def _words_said(cue: dict[str, Any]) -> int:
    return int(cue["sort"][0] // _WORD)  # by score, then by time


def _moment(cue: dict[str, Any], words: Collection[str]) -> Moment:
    start_ms, end_ms, text = (cue["fields"][field][0] for field in _STORED)
    return Moment(start_ms, end_ms, text, highlight(text, words))
