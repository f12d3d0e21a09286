"""Exact counts of the hits by facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from search.embedded.matching import conditions
from search.embedded.models import DocumentLabel, Label
from search.facets import FACETS, FIXED_NAMES, FacetLabel
from search.questions import Question
from search.results import FacetCount

# A page shows a few dozen at most. Most frequent first, so a unit is never cut off while
# one below it is shown.
MOST_VALUES = 200

Facets = Mapping[str, tuple[FacetCount, ...]]
Labels = Mapping[int, FacetLabel]


def counts(question: Question, generation: int) -> Facets:
    """For each facet its values among the hits, most frequent first.

    Within a facet that was chosen from, the counts say what choosing another value
    would find; a chosen value is there even when nothing carries it.
    """
    labels = _labels(generation)
    found = _by_facet(labels, _count(question, generation))
    for facet, codes in question.query.filters.items():
        alone = _by_facet(labels, _count(question, generation, besides=facet))[facet]
        found[facet] = alone + _missing(labels, facet, codes, alone)
    return {facet: _ordered(found[facet])[:MOST_VALUES] for facet in FACETS}


def _labels(generation: int) -> Labels:
    rows = Label.objects.filter(generation=generation, facet__in=FACETS)
    columns = rows.values_list("pk", "facet", "code", "name", "parent")
    return {pk: FacetLabel(*label) for pk, *label in columns}


def _count(question: Question, generation: int, besides: str = "") -> Mapping[int, int]:
    """By label, those of other generations too: whoever reads it knows only his own."""
    if not question.is_answerable:
        return {}
    carried = DocumentLabel.objects.order_by()
    for ids in conditions(question, generation, besides=besides):
        carried = carried.filter(document__in=ids)
    return dict(carried.values_list("label").annotate(n=Count("*")))


def _by_facet(
    labels: Labels, counted: Mapping[int, int]
) -> defaultdict[str, list[FacetCount]]:
    facets: defaultdict[str, list[FacetCount]] = defaultdict(list)
    for pk, number in counted.items():
        if label := labels.get(pk):
            facets[label.facet].append(_facet_count(label, number))
    return facets


def _missing(
    labels: Labels, facet: str, codes: tuple[str, ...], there: list[FacetCount]
) -> list[FacetCount]:
    wanted = set(codes) - {value.code for value in there}
    return [
        _facet_count(label, 0)
        for label in labels.values()
        if label.facet == facet and label.code in wanted
    ]


def _facet_count(label: FacetLabel, number: int) -> FacetCount:
    name = str(FIXED_NAMES.get((label.facet, label.code), label.name))
    return FacetCount(label.code, name, number, label.parent)


def _ordered(values: list[FacetCount]) -> tuple[FacetCount, ...]:
    return tuple(sorted(values, key=lambda value: (-value.count, value.name)))
