"""Exact counts of the hits by facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from search.embedded.matching import Matches
from search.embedded.shelves import Found, Shelf
from search.facets import FACETS, FIXED_NAMES, FacetLabel
from search.results import FacetCount

# A page shows a few dozen at most. Units are a tree, and each of them has its place in it.
MOST_VALUES = 200
WHOLE = ("unit",)

Facets = Mapping[str, tuple[FacetCount, ...]]


def counts(matches: Matches) -> Facets:
    """For each facet its values among the hits, most frequent first.

    Within a facet that was chosen from, the counts say what choosing another value
    would find; a chosen value is there even when nothing carries it.
    """
    shelf, filters = matches.shelf, matches.question.query.filters
    if not matches.held and not filters:
        return dict.fromkeys(FACETS, ())
    found = _by_facet(shelf, matches.found)
    for facet, codes in filters.items():
        others = matches.held & matches.chosen(besides=facet)
        alone = _by_facet(shelf, others)[facet]
        found[facet] = alone + _missing(shelf, facet, codes, alone)
    return {facet: _shown(facet, found[facet]) for facet in FACETS}


def _by_facet(shelf: Shelf, found: Found) -> defaultdict[str, list[FacetCount]]:
    facets: defaultdict[str, list[FacetCount]] = defaultdict(list)
    for label, number in shelf.counted(found):
        facets[label.facet].append(_facet_count(label, number))
    return facets


def _missing(
    shelf: Shelf, facet: str, codes: tuple[str, ...], there: list[FacetCount]
) -> list[FacetCount]:
    wanted = set(codes) - {value.code for value in there}
    return [
        _facet_count(label, 0)
        for label in shelf.labels.values()
        if label.facet == facet and label.code in wanted
    ]


def _facet_count(label: FacetLabel, number: int) -> FacetCount:
    name = str(FIXED_NAMES.get((label.facet, label.code), label.name))
    return FacetCount(label.code, name, number, label.parent)


def _shown(facet: str, values: list[FacetCount]) -> tuple[FacetCount, ...]:
    ordered = sorted(values, key=lambda value: (-value.count, value.name))
    return tuple(ordered if facet in WHOLE else ordered[:MOST_VALUES])
