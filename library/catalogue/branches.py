"""The values of a facet as the tree they are: a district with its schools below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.results import FacetCount


@dataclass(frozen=True)
class Branch:
    value: FacetCount
    below: tuple[Branch, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Of the value itself and of all below it."""
        return frozenset({self.value.code}).union(*(each.codes for each in self.below))


def tree(values: Iterable[FacetCount]) -> tuple[Branch, ...]:
    """The roots, each level in the order given; a value whose parent is not here is a root."""
    rows = list(values)
    there = {row.code for row in rows}
    below: defaultdict[str, list[FacetCount]] = defaultdict(list)
    for row in rows:
        below[row.parent if row.parent in there else ""].append(row)

    def grown(row: FacetCount) -> Branch:
        return Branch(row, tuple(map(grown, below[row.code])))

    return tuple(map(grown, below[""]))


def without_lone_root(
    branches: tuple[Branch, ...], chosen: Iterable[str]
) -> tuple[Branch, ...]:
    """A root that stands alone (the province) leaves nothing to choose: what is below it."""
    codes = frozenset(chosen)
    while len(branches) == 1 and branches[0].below:
        if branches[0].value.code in codes:
            break
        branches = branches[0].below
    return branches
