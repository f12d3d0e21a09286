"""One page of what was found: in order, with highlights and moments."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import FloatField, Value
from django.db.models.expressions import Combinable

from search.embedded.candidates import weighed
from search.embedded.models import Document
from search.embedded.moments import moments
from search.embedded.ranking import score
from search.embedded.shelves import Found, Shelf
from search.embedded.vendors import vendor
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit

# Ids of the document and of the clip, points, title and description.
Row = tuple[int, int, float, str, str]

_UNWEIGHED = Value(0.0, FloatField())
_NEWEST = ("-published", "-clip")
_ORDERS = {"newest": _NEWEST, "views": ("-views", *_NEWEST)}


def page(question: Question, shelf: Shelf, found: Found) -> tuple[Hit, ...]:
    """The hits of the asked page; browsing, all score alike and the newest come first."""
    query = question.query
    points: Combinable
    order: tuple[str, ...]
    shown = slice(query.offset, query.offset + query.limit)
    if query.sort == "relevance" and not query.is_browsing:
        ids, order = weighed(question, shelf, found), ("-points", *_NEWEST)
        points = score(question)
    else:
        order = _ORDERS.get(query.sort, _NEWEST)
        ids, points = shelf.first_of(found, order, shown.stop)[shown], _UNWEIGHED
        shown = slice(None)
    documents = Document.objects.filter(pk__in=vendor().among(ids))
    rows = documents.annotate(points=points).order_by(*order)
    columns = rows.values_list("pk", "clip", "points", "title", "description")
    return _hits(question, list(columns[shown]))


def _hits(question: Question, documents: Sequence[Row]) -> tuple[Hit, ...]:
    words = question.shown
    said = moments([pk for pk, *_ in documents], question)
    return tuple(
        Hit(
            id=clip,
            score=round(points, 3),
            title_highlight=highlight(title, words),
            snippet_highlight=snippet(description, words),
            moments=said.get(pk, ()),
        )
        for pk, clip, points, title, description in documents
    )
