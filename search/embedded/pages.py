"""One page of what was found: in order, with highlights and moments."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import FloatField, Value
from django.db.models.expressions import Combinable

from search.embedded.candidates import weighed
from search.embedded.matching import matching
from search.embedded.models import Document
from search.embedded.moments import moments
from search.embedded.ranking import score
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit

# Ids of the document and of the clip, points, title and description.
Row = tuple[int, int, float, str, str]

_UNWEIGHED = Value(0.0, FloatField())
_NEWEST = ("-published", "-clip")
_ORDERS = {"newest": _NEWEST, "views": ("-views", *_NEWEST)}


def page(question: Question, generation: int, total: int) -> tuple[Hit, ...]:
    """The hits of the asked page; browsing, all score alike and the newest come first."""
    query = question.query
    order: tuple[str, ...]
    points: Combinable
    shown = slice(query.offset, query.offset + query.limit)
    if query.sort == "relevance" and not query.is_browsing:
        candidates, order = weighed(question, generation, total), ("-points", *_NEWEST)
        points = score(question)
    else:
        order = _ORDERS.get(query.sort, _NEWEST)
        found = matching(question, generation)
        ids = list(found.order_by(*order).values_list("pk", flat=True)[shown])
        candidates, points = Document.objects.filter(pk__in=ids), _UNWEIGHED
        shown = slice(None)
    rows = candidates.annotate(points=points).order_by(*order)
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
