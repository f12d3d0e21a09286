"""One page of what was found: the searches for it, and the hits in the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from elasticsearch.dsl.query import Bool, MatchAll, MatchNone, Query

from search.elasticsearch.facets import aggregations
from search.elasticsearch.matching import chosen, matching
from search.elasticsearch.moments import moments_of, said
from search.elasticsearch.ranking import a_wish, ranked
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit
from search.weights import WISH_HELD

_LATEST = [{"published": "desc"}, {"clip": "desc"}]
_ORDERS: dict[str, list[Any]] = {
    "relevance": [{"_score": "desc"}, {"lift": "desc"}, *_LATEST],
    "newest": _LATEST,
    "views": [{"views": "desc"}, *_LATEST],
}


def order_of(question: Question) -> str:
    """Browsing, all score alike and the newest come first."""
    sort = question.query.sort
    is_alike = sort == "relevance" and question.query.is_browsing
    return "newest" if is_alike else sort


def page(question: Question, hidden: Collection[int]) -> dict[str, Any]:
    """The search for the hits that are shown. Not counting, the node leaves out what
    cannot be among them."""
    return {
        "query": _found(question, hidden).to_dict(),
        "sort": _ORDERS[order_of(question)],
        "_source": ["clip", "shown"],
        "from": question.query.offset,
        "size": question.query.limit,
        "track_total_hits": False,
    }


def counting(question: Question, hidden: Collection[int]) -> dict[str, Any]:
    """The search for how many there are: by no order, so the node keeps its answer, which
    all pages in all orders share."""
    found = matching(question, hidden) if question.is_answerable else MatchNone()
    counted = aggregations(question)
    body = {
        "query": found.to_dict(),
        "aggs": {name: each.to_dict() for name, each in counted.items()},
        "size": 0,
        "track_total_hits": True,
    }
    if question.query.filters:
        body["post_filter"] = chosen(question).to_dict()
    return body


def _found(question: Question, hidden: Collection[int]) -> Query:
    if not question.is_answerable:
        return MatchNone()
    besides: list[Query] = []
    if question.query.filters:
        besides.append(chosen(question))
    if question.wishes:
        # For the cues of the hits. Beside what holds of everything an alternative is no
        # condition: the node leaves it out of the search itself.
        besides.append(Bool(filter=[MatchAll()], should=[said(question)]))
    if order_of(question) == "relevance":
        found = ranked(question, hidden)
    else:
        found = matching(question, hidden)
    return Bool(must=[found], filter=besides) if besides else found


def hits_of(
    question: Question, answer: Mapping[str, Any]
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """What holds what it must; where nothing does, what any word would find."""
    found = answer["hits"]["hits"]
    if order_of(question) != "relevance":
        return tuple(_hit(hit, question, 0.0) for hit in found), ()
    wish, wishes = a_wish(question), len(question.wishes)
    scored = [(hit, *divmod(hit["_score"], wish)) for hit in found]
    whole = [(hit, points) for hit, held, points in scored if held == wishes]
    if whole and not question.any_word:
        return tuple(_weighed(hit, question, points) for hit, points in whole), ()
    some = tuple(
        _weighed(hit, question, held * WISH_HELD + points)
        for hit, held, points in scored
    )
    return (some, ()) if question.any_word else ((), some)


def _weighed(hit: dict[str, Any], question: Question, points: float) -> Hit:
    # The lift is ordered by after the score, and part of what we call the score.
    return _hit(hit, question, points + hit["sort"][1])


def _hit(hit: dict[str, Any], question: Question, score: float) -> Hit:
    shown, words = hit["_source"]["shown"], question.shown
    return Hit(
        id=hit["_source"]["clip"],
        score=round(score, 3),
        title_highlight=highlight(shown["title"], words),
        snippet_highlight=snippet(shown["description"], words),
        moments=moments_of(hit, question),
    )
