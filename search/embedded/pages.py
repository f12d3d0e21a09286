"""One page of what was found: in order, with highlights and moments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import FloatField, Value
from django.db.models.expressions import Combinable

from search.embedded.candidates import weighed
from search.embedded.matching import Matches
from search.embedded.models import Document
from search.embedded.moments import moments
from search.embedded.ranking import score
from search.embedded.vendors import vendor
from search.highlights import highlight, snippet
from search.questions import Question
from search.results import Hit

_UNWEIGHED = Value(0.0, FloatField())
_NEWEST = ("-published", "-clip")
_ORDERS = {"newest": _NEWEST, "views": ("-views", *_NEWEST)}


class Row(NamedTuple):
    """Of one hit the ids of the document and the clip, and what is shown."""

    document: int
    clip: int
    points: float
    title: str
    description: str


def page(matches: Matches) -> tuple[Hit, ...]:
    """The hits of the asked page; browsing, all score alike and the newest come first."""
    question, query = matches.question, matches.question.query
    end = query.offset + query.limit
    if not matches.found:
        return ()
    if query.sort == "relevance" and not query.is_browsing:
        return _hits(question, _best(matches, end)[query.offset :])
    order = _ORDERS.get(query.sort, _NEWEST)
    ids = matches.shelf.first_of(matches.found, order, end)[query.offset :]
    return _hits(question, _rows(ids, _UNWEIGHED, order, query.limit))


def _best(matches: Matches, number: int) -> list[Row]:
    best: list[Row] = []
    points = score(matches.question)
    for group in weighed(matches):
        order = ("-points", *_NEWEST)
        rows = _rows(group.ids, points, order, number - len(best))
        best += [row._replace(points=row.points + group.worth) for row in rows]
        if len(best) == number:
            break
    return best


def _rows(
    ids: Sequence[int], points: Combinable, order: Sequence[str], number: int
) -> list[Row]:
    documents = Document.objects.filter(pk__in=vendor().among(ids))
    rows = documents.annotate(points=points).order_by(*order)
    columns = rows.values_list("pk", "clip", "points", "title", "description")
    return [Row(*row) for row in columns[:number]]


def _hits(question: Question, rows: Sequence[Row]) -> tuple[Hit, ...]:
    words = question.shown
    said = moments([row.document for row in rows], question)
    return tuple(
        Hit(
            id=row.clip,
            score=round(row.points, 3),
            title_highlight=highlight(row.title, words),
            snippet_highlight=snippet(row.description, words),
            moments=said.get(row.document, ()),
        )
        for row in rows
    )
