"""Exact counts of the hits by facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from search.embedded.matching import Matches
from search.embedded.shelves import Found, Shelf
from search.facets import FACETS, FIXED_NAMES, FacetLabel, most_values
from search.results import FacetCount

Facets = Mapping[str, tuple[FacetCount, ...]]
Counted = tuple[FacetLabel, int]


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
        alone = _by_facet(shelf, matches.besides(facet))[facet]
        found[facet] = alone + _missing(shelf, facet, codes, alone)
    return {
        facet: _shown(found[facet], most_values(facet), filters.get(facet, ()))
        for facet in FACETS
    }


def _by_facet(shelf: Shelf, found: Found) -> defaultdict[str, list[Counted]]:
    facets: defaultdict[str, list[Counted]] = defaultdict(list)
    for label, number in shelf.counted(found):
        facets[label.facet].append((label, number))
    return facets


def _missing(
    shelf: Shelf, facet: str, codes: tuple[str, ...], there: list[Counted]
) -> list[Counted]:
    wanted = set(codes) - {label.code for label, _ in there}
    return [
        (label, 0)
        for label in shelf.labels.values()
        if label.facet == facet and label.code in wanted
    ]


def _shown(
    values: list[Counted], most: int, chosen: Collection[str]
) -> tuple[FacetCount, ...]:
    ordered = sorted((-number, label.code, label) for label, number in values)
    rest = [one for one in ordered[most:] if one[1] in chosen]
    shown = sorted(
        (less, _name(label), label) for less, _, label in ordered[:most] + rest
    )
    return tuple(
        FacetCount(label.code, name, -less, label.parent) for less, name, label in shown
    )


def _name(label: FacetLabel) -> str:
    fixed = FIXED_NAMES.get((label.facet, label.code))
    return label.name if fixed is None else str(fixed)
