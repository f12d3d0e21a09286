"""What is on the shelves of one generation: which of its documents carry which label.

It is kept in memory as long as nothing changes. A document has a place from 0 on, and a
set of documents is a whole number with a bit for each place: two sets are compared at
once, and how many are in both is counted without reading a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.embedded import blocks
from search.embedded.models import Block, Filing, Label
from search.embedded.vendors import Wanted, holders, vendor
from search.facets import FACETS, FacetLabel

# A label on fewer than one document in so many is a list of places: shorter, and quicker.
_RARE = 256

Places = tuple[int, ...]
Found = int


@dataclass(frozen=True, slots=True)
class Shelf:
    """One generation as it was at one moment."""

    generation: int
    first: int  # the id of the document with place 0
    places: int
    every: Found
    labels: Mapping[int, FacetLabel]
    often: Mapping[int, Found]
    rarely: Mapping[int, Places]

    def holding(self, wanted: Wanted, *, any_suffices: bool = False) -> Found:
        """The documents with these terms."""
        if not self.every:
            return 0
        last = self.first + self.places - 1
        flags = bytearray(self.places)
        for pk in holders(wanted, self.first, last, any_suffices=any_suffices):
            flags[pk - self.first] = 1
        return blocks.bits_of(flags) & self.every

    def carrying(self, facet: str, code: str) -> Found:
        """The documents with this label."""
        for pk, label in self.labels.items():
            if (label.facet, label.code) == (facet, code):
                rare = blocks.bits_at(self.rarely.get(pk, ()), self.places)
                return self.often.get(pk, 0) | rare
        return 0

    def counted(self, found: Found) -> Iterator[tuple[FacetLabel, int]]:
        """Each label that some of the documents found carry, and how many of them."""
        for pk, carriers in self.often.items():
            if number := (carriers & found).bit_count():
                yield self.labels[pk], number
        flags = blocks.flags_of(found).ljust(self.places, b"\0")
        for pk, places in self.rarely.items():
            if number := sum(map(flags.__getitem__, places)):
                yield self.labels[pk], number

    def ids(self, found: Found) -> list[int]:
        """The documents' ids, ascending."""
        return [self.first + place for place in blocks.positions_of(found)]

    def first_of(self, found: Found, order: Sequence[str], number: int) -> list[int]:
        """The ids of the first so many in this order, by columns of `Filing`."""
        total, all_there = found.bit_count(), self.every.bit_count()
        if not total:
            return []
        # Few are sorted; of many the index of the order is walked, until enough are met.
        if total <= number or total * total <= number * all_there:
            few = Filing.objects.filter(pk__in=vendor().among(self.ids(found)))
            return list(few.order_by(*order).values_list("pk", flat=True)[:number])
        expected = number * all_there // total
        return self._walked(found, order, number, step=expected + expected // 8 + 50)

    def _walked(
        self, found: Found, order: Sequence[str], number: int, step: int
    ) -> list[int]:
        flags = blocks.flags_of(found).ljust(self.places, b"\0")
        chosen: list[int] = []
        ordered = Filing.objects.filter(generation=self.generation).order_by(*order)
        ids = ordered.values_list("pk", flat=True)
        at = 0
        while len(chosen) < number and (walked := list(ids[at : at + step])):
            for pk in walked:
                place = pk - self.first
                if 0 <= place < self.places and flags[place]:
                    chosen.append(pk)
            at, step = at + step, 2 * step
        return chosen[:number]


# Where nothing was ever written.
EMPTY = Shelf(0, first=0, places=0, every=0, labels={}, often={}, rarely={})


# The live generation, the one before it, and a scratch index beside.
@lru_cache(maxsize=3)
def shelf(generation: int, stamp: int) -> Shelf:  # noqa: ARG001 - one of each stamp
    """Read after the stamp was: it may be newer than that, and never older."""
    rows = Block.objects.filter(generation=generation)
    columns = list(rows.values_list("label", "number", "positions"))
    numbers = [number for _, number, _ in columns] or [0]
    first = min(numbers) * blocks.SIZE
    places = (max(numbers) + 1) * blocks.SIZE - first
    often: defaultdict[int, Found] = defaultdict(int)
    listed: defaultdict[int, list[int]] = defaultdict(list)
    for label, number, stored in columns:
        ahead = number * blocks.SIZE - first
        if blocks.is_list(stored):
            listed[label] += [ahead + place for place in blocks.listed(stored)]
        else:
            often[label] |= int.from_bytes(stored, "little") << ahead
    rare = [
        pk
        for pk, several in listed.items()
        if pk not in often and len(several) * _RARE < places
    ]
    rarely = {pk: tuple(listed.pop(pk)) for pk in rare if pk != blocks.EVERY}
    for pk, several in listed.items():
        often[pk] |= blocks.bits_at(several, places)
    labels = _labels(generation)
    return Shelf(
        generation=generation,
        first=first,
        places=places,
        every=often.pop(blocks.EVERY, 0),
        labels=labels,
        often={pk: bits for pk, bits in often.items() if pk in labels},
        rarely={pk: several for pk, several in rarely.items() if pk in labels},
    )


def _labels(generation: int) -> Mapping[int, FacetLabel]:
    rows = Label.objects.filter(generation=generation, facet__in=FACETS)
    columns = rows.values_list("pk", "facet", "code", "name", "parent")
    return {pk: FacetLabel(*label) for pk, *label in columns}
