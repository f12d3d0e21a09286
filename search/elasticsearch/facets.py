"""Exact counts of the hits by facet: aggregations, and their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl.aggs import Agg

from search.elasticsearch.matching import chosen
from search.facets import FACETS, FIXED_NAMES, FacetLabel, most_values
from search.questions import Question
from search.results import FacetCount

_CHOSEN = "chosen"

Named = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], FacetLabel]]


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
    numbers = _numbers(answer)
    for facet, codes in question.query.filters.items():
        chosen_ones = _counted_in(answer[f"besides-{facet}"][_CHOSEN])
        numbers[facet] |= {code: chosen_ones.get(code, 0) for code in codes}
    labels = named([(facet, code) for facet in numbers for code in numbers[facet]])
    return {
        facet: tuple(
            sorted(_counted(facet, numbers.get(facet, {}), labels), key=_order)
        )
        for facet in FACETS
    }


def _counted(
    facet: str,
    numbers: Mapping[str, int],
    labels: Mapping[tuple[str, str], FacetLabel],
) -> Iterator[FacetCount]:
    for code, number in numbers.items():
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
    if codes := question.query.filters.get(besides):
        # They are shown however few carry them.
        field = f"facets.{besides}"
        values = A("terms", field=field, include=list(codes), size=len(codes))
        within.bucket(_CHOSEN, values)
    return within


def _values(facet: str) -> Agg[Any]:
    return A("terms", field=f"facets.{facet}", size=most_values(facet))


def _numbers(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, aggregation in answer.items():
        inner = {name: aggregation} if name in FACETS else aggregation
        found |= {
            facet: _counted_in(inner[facet]) for facet in FACETS if facet in inner
        }
    return found


def _counted_in(values: Mapping[str, Any]) -> dict[str, int]:
    return {one["key"]: one["doc_count"] for one in values["buckets"]}
