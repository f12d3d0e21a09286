"""One page of what was found: the request for it, and the hits in the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, MatchAll

from search.elasticsearch.facets import aggregations
from search.elasticsearch.matching import chosen, matching
from search.elasticsearch.moments import moments_of, said
from search.elasticsearch.ranking import ranked
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit

_LATEST = [{"published": "desc"}, {"clip": "desc"}]
_ORDERS: dict[str, list[Any]] = {
    "relevance": [{"_score": "desc"}, *_LATEST],
    "newest": _LATEST,
    "views": [{"views": "desc"}, *_LATEST],
}


def order_of(question: Question) -> str:
    """Browsing, all score alike and the newest come first."""
    sort = question.query.sort
    is_alike = sort == "relevance" and question.query.is_browsing
    return "newest" if is_alike else sort


def request(question: Question, hidden: Collection[int]) -> dict[str, Any]:
    """The body of the search."""
    query, order = question.query, order_of(question)
    found = matching(question, hidden)
    if order == "relevance":
        found = ranked(question, found)
    search: Search[Any] = Search().query(found).sort(*_ORDERS[order])
    for name, aggregation in aggregations(question).items():
        search.aggs.bucket(name, aggregation)
    if query.filters:
        search = search.post_filter(chosen(question))
    if question.wishes:
        # It selects nothing: it is there for the cues of the hits that are shown.
        search = search.query(Bool(filter=[Bool(should=[MatchAll(), said(question)])]))
    search = search.source(["clip", "shown"]).extra(track_total_hits=True)
    return search[query.offset : query.offset + query.limit].to_dict()


def hits_of(question: Question, answer: Mapping[str, Any]) -> tuple[Hit, ...]:
    return tuple(_hit(hit, question) for hit in answer["hits"]["hits"])


def _hit(hit: dict[str, Any], question: Question) -> Hit:
    shown, words = hit["_source"]["shown"], question.shown
    return Hit(
        id=hit["_source"]["clip"],
        score=round(hit["_score"] or 0.0, 3),
        title_highlight=highlight(shown["title"], words),
        snippet_highlight=snippet(shown["description"], words),
        moments=moments_of(hit, question),
    )
