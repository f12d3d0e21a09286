"""Exact counts of the hits by facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from search.embedded.matching import matching
from search.embedded.models import DocumentLabel, Label
from search.facets import FACETS, FIXED_NAMES
from search.queries import Query
from search.results import FacetCount

# A page shows a few dozen at most. Most frequent first, so a unit is never cut off while
# one below it is shown.
MOST_VALUES = 200

Facets = Mapping[str, tuple[FacetCount, ...]]


def counts(query: Query, generation: int) -> Facets:
    """For each facet its values among the hits, most frequent first.

    Within a facet that was chosen from, the counts say what choosing another value
    would find; a chosen value is there even when nothing carries it.
    """
    labels = Label.objects.filter(generation=generation, facet__in=FACETS)
    rows = {row.pk: row for row in labels.defer("folded")}
    found = _by_facet(rows, _count(query, generation))
    for facet, codes in query.filters.items():
        alone = _by_facet(rows, _count(query, generation, besides=facet))[facet]
        found[facet] = alone + _missing(rows, facet, codes, alone)
    return {facet: _ordered(found[facet])[:MOST_VALUES] for facet in FACETS}


def _count(query: Query, generation: int, besides: str = "") -> dict[int, int]:
    carried = DocumentLabel.objects.all()
    if query.is_browsing and not set(query.filters) - {besides}:
        # Everything is found. Labels belong to a generation, so their index alone tells.
        carried = carried.filter(label__generation=generation)
    else:
        documents = matching(query, generation, besides=besides)
        carried = carried.filter(document__in=documents.values("pk"))
    return dict(carried.values_list("label").annotate(n=Count("*")).order_by())


def _by_facet(
    rows: Mapping[int, Label], counted: Mapping[int, int]
) -> defaultdict[str, list[FacetCount]]:
    facets: defaultdict[str, list[FacetCount]] = defaultdict(list)
    for pk, number in counted.items():
        if row := rows.get(pk):
            facets[row.facet].append(_facet_count(row, number))
    return facets


def _missing(
    rows: Mapping[int, Label],
    facet: str,
    codes: tuple[str, ...],
    there: list[FacetCount],
) -> list[FacetCount]:
    wanted = set(codes) - {value.code for value in there}
    return [
        _facet_count(row, 0)
        for row in rows.values()
        if row.facet == facet and row.code in wanted
    ]


def _facet_count(row: Label, number: int) -> FacetCount:
    name = str(FIXED_NAMES.get((row.facet, row.code), row.name))
    return FacetCount(row.code, name, number, row.parent)


def _ordered(values: list[FacetCount]) -> tuple[FacetCount, ...]:
    return tuple(sorted(values, key=lambda value: (-value.count, value.name)))
