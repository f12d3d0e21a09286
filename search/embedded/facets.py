"""Exact counts of the hits by facet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import Count

from search.embedded.matching import matching
from search.embedded.models import Label
from search.embedded.store import FILED_BY
from search.embedded.vendors import Joined
from search.facets import FACETS, FIXED_NAMES, FacetLabel
from search.questions import Question
from search.results import FacetCount

# A page shows a few dozen at most. Most frequent first, so a unit is never cut off while
# one below it is shown.
MOST_VALUES = 200

_COLUMNS = sorted(set(FILED_BY.values()))

Facets = Mapping[str, tuple[FacetCount, ...]]
Labels = Mapping[int, FacetLabel]


def counts(question: Question, generation: int) -> tuple[int, Facets]:
    """How many hits there are, and for each facet its values among them, most frequent first.

    Within a facet that was chosen from, the counts say what choosing another value
    would find; a chosen value is there even when nothing carries it.
    """
    total, counted = _count(question, generation)
    if not total and not question.query.filters:
        return 0, dict.fromkeys(FACETS, ())
    labels = _labels(generation)
    found = _by_facet(labels, counted)
    for facet, codes in question.query.filters.items():
        _, counted = _count(question, generation, besides=facet)
        alone = _by_facet(labels, counted)[facet]
        found[facet] = alone + _missing(labels, facet, codes, alone)
    return total, {facet: _ordered(found[facet])[:MOST_VALUES] for facet in FACETS}


def _labels(generation: int) -> Labels:
    rows = Label.objects.filter(generation=generation, facet__in=FACETS)
    columns = rows.values_list("pk", "facet", "code", "name", "parent")
    return {pk: FacetLabel(*label) for pk, *label in columns}


def _count(
    question: Question, generation: int, besides: str = ""
) -> tuple[int, Mapping[int, int]]:
    """The number of hits, and of hits by label."""
    found = matching(question, generation, besides=besides).aggregate(
        total=Count("*"), **{column: Joined(column) for column in _COLUMNS}
    )
    labels: Counter[int] = Counter()
    for column in _COLUMNS:
        # Many clips are filed alike: each way of filing is taken apart once.
        for filed, number in Counter((found[column] or "").split(" ")).items():
            for label in filter(None, filed.split(",")):
                labels[int(label)] += number
    return found["total"], labels


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
