"""One page of what was found: in order, with highlights and moments."""

from __future__ import annotations

from django.db.models import FloatField, QuerySet, Value

from search.embedded.models import Document
from search.embedded.moments import moments
from search.embedded.ranking import score
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit

_ORDERS = {
    "relevance": ("-score", "-published", "-clip"),
    "newest": ("-published", "-clip"),
    "views": ("-views", "-published", "-clip"),
}


def page(question: Question, found: QuerySet[Document]) -> tuple[Hit, ...]:
    """The hits of the asked page; browsing, all score alike and the newest come first."""
    query = question.query
    order = query.sort
    if order == "relevance" and query.is_browsing:
        order = "newest"
    ranked = order == "relevance"
    points = score(question) if ranked else Value(0.0, FloatField())
    rows = found.annotate(score=points).order_by(*_ORDERS[order])
    documents = rows.values_list("pk", "clip", "score", "title", "description")
    shown = list(documents[query.offset : query.offset + query.limit])
    words = question.shown
    said = moments([pk for pk, *_ in shown], question)
    return tuple(
        Hit(
            id=clip,
            score=round(points, 3),
            title_highlight=highlight(title, words),
            snippet_highlight=snippet(description, words),
            moments=said.get(pk, ()),
        )
        for pk, clip, points, title, description in shown
    )
