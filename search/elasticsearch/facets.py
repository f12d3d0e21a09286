"""Exact counts of the hits by facet: aggregations, and their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.aggs import Agg

from search.elasticsearch.matching import chosen
from search.facets import FACETS, FIXED_NAMES, FacetLabel
from search.questions import Question
from search.results import FacetCount

MOST_VALUES = 200

Named = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], FacetLabel]]
Buckets = Mapping[str, list[tuple[str, int]]]


def aggregations(question: Question) -> dict[str, Agg[Any]]:
    """A facet that was chosen from is counted without its own choice, the others with all."""
    filters = question.query.filters
    rest = [facet for facet in FACETS if facet not in filters]
    counted: dict[str, Agg[Any]] = {
        f"besides-{facet}": _within(question, [facet], besides=facet)
        for facet in filters
    }
    if filters:
        return counted | {"rest": _within(question, rest)}
    return {facet: _values(facet) for facet in rest}


def counts(
    question: Question, answer: Mapping[str, Any], named: Named
) -> dict[str, tuple[FacetCount, ...]]:
    """For each facet its values, most frequent first; a chosen value is there in any case."""
    buckets = _buckets(answer)
    for facet, codes in question.query.filters.items():
        there = {code for code, _ in buckets[facet]}
        buckets[facet].extend((code, 0) for code in codes if code not in there)
    labels = named([(f, code) for f, values in buckets.items() for code, _ in values])
    return {
        facet: tuple(
            sorted(_counted(facet, buckets.get(facet, []), labels), key=_order)
        )
        for facet in FACETS
    }


def _counted(
    facet: str,
    buckets: list[tuple[str, int]],
    labels: Mapping[tuple[str, str], FacetLabel],
) -> Iterator[FacetCount]:
    for code, number in buckets:
        label = labels.get((facet, code))
        if label is not None:
            name = str(FIXED_NAMES.get((facet, code), label.name))
            yield FacetCount(code, name, number, label.parent)


def _order(value: FacetCount) -> tuple[int, str]:
    return -value.count, value.name


def _within(question: Question, facets: list[str], *, besides: str = "") -> Agg[Any]:
    within = A("filter", filter=chosen(question, besides=besides))
    for facet in facets:
        within.bucket(facet, _values(facet))
    return within


def _values(facet: str) -> Agg[Any]:
    return A("terms", field=f"facets.{facet}", size=MOST_VALUES)


def _buckets(answer: Mapping[str, Any]) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, aggregation in answer.items():
        inner = {name: aggregation} if name in FACETS else aggregation
        for facet in FACETS:
            if facet in inner:
                buckets = inner[facet]["buckets"]
                found[facet] = [(one["key"], one["doc_count"]) for one in buckets]
    return found
