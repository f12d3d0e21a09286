"""Which documents carry a label, a bit each, in rows of 65,536 (`Block`).

A few documents are listed, two bytes each; of many there is a row of bits. In memory
either is one whole number, whose bit n stands for the n-th document.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import compress

from search.embedded.models import Block

SIZE = 1 << 16
# In the place of a label: every document that is there.
EVERY = 0

_ALL_BITS = SIZE // 8
_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")
_AS_FLAGS = bytes.maketrans(b"01", b"\0\1")

# By label, the ids of documents; a label and the number of a block.
Carried = Mapping[int, Iterable[int]]
Place = tuple[int, int]
Stored = bytes | memoryview  # a row of bits, or a list


def mark(generation: int, carried: Carried) -> None:
    """From now on these labels are carried by these documents too."""
    these = _by_block(carried)
    before = _stored(generation, these)
    after = {block: before.get(block, 0) | bits for block, bits in these.items()}
    _store(generation, after)


def unmark(generation: int, carried: Carried) -> None:
    """They are not carried by them any more."""
    these = _by_block(carried)
    before = _stored(generation, these)
    _store(generation, {at: bits & ~these[at] for at, bits in before.items()})


def packed(bits: int) -> bytes:
    """What is stored; a list is always shorter than a row of bits."""
    if bits.bit_count() * 2 < _ALL_BITS:
        listed = list(positions(bits))
        return struct.pack(f"<{len(listed)}H", *listed)
    return bits.to_bytes(_ALL_BITS, "little")


def unpacked(stored: Stored) -> int:
    """The other way round."""
    if not is_list(stored):
        return int.from_bytes(stored, "little")
    flags = bytearray(SIZE)
    for position in listed(stored):
        flags[position] = 1
    return bits_of(flags)


def is_list(stored: Stored) -> bool:
    return len(stored) < _ALL_BITS


def listed(stored: Stored) -> tuple[int, ...]:
    """The positions in a list, ascending."""
    return struct.unpack(f"<{len(stored) // 2}H", stored)


def bits_of(flags: bytearray) -> int:
    """A byte for each position, 1 where something stands, as a number."""
    return int(flags.translate(_AS_DIGITS)[::-1], 2)


def flags_of(bits: int) -> bytes:
    """The other way round, up to the last position where something stands."""
    return format(bits, "b").encode("ascii")[::-1].translate(_AS_FLAGS)


def positions(bits: int) -> Iterable[int]:
    """In ascending order, where something stands."""
    return compress(range(bits.bit_length()), flags_of(bits))


def _by_block(carried: Carried) -> dict[Place, int]:
    these: defaultdict[Place, int] = defaultdict(int)
    for label, documents in carried.items():
        for document in documents:
            number, position = divmod(document, SIZE)
            these[label, number] |= 1 << position
    return dict(these)


def _stored(generation: int, these: Collection[Place]) -> dict[Place, int]:
    rows = Block.objects.filter(
        generation=generation,
        label__in={label for label, _ in these},
        number__in={number for _, number in these},
    ).values_list("label", "number", "positions")
    found = {(label, number): stored for label, number, stored in rows}
    return {at: unpacked(stored) for at, stored in found.items() if at in these}


def _store(generation: int, changed: Mapping[Place, int]) -> None:
    Block.objects.bulk_create(
        [
            Block(
                generation_id=generation,
                label=label,
                number=number,
                positions=packed(bits),
            )
            for (label, number), bits in sorted(changed.items())
        ],
        update_conflicts=True,
        unique_fields=["generation", "number", "label"],
        update_fields=["positions"],
    )
