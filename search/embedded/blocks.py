"""Which documents carry a label, a bit each, in rows of 65,536 (`Block`).

A few documents are listed, two bytes each; of many there is a row of bits. In memory a
set of documents is one whole number, whose bit n stands for the n-th of them.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from search.embedded.models import Block

SIZE = 1 << 16
# In the place of a label: every document that is there.
EVERY = 0

_ALL_BITS = SIZE // 8
_BITS_IN = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
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
    after = {at: with_these(before.get(at, b""), new) for at, new in these.items()}
    _store(generation, after)


def unmark(generation: int, carried: Carried) -> None:
    """They are not carried by them any more."""
    these = _by_block(carried)
    before = _stored(generation, these)
    _store(
        generation,
        {at: without_these(stored, these[at]) for at, stored in before.items()},
    )


def with_these(stored: Stored, positions: Collection[int]) -> bytes:
    """What is stored where something stands at these positions too."""
    if is_list(stored):
        return _packed({*listed(stored), *positions})
    row = bytearray(stored)
    for position in positions:
        row[position >> 3] |= 1 << (position & 7)
    return bytes(row)


def without_these(stored: Stored, positions: Collection[int]) -> bytes:
    """What is stored where nothing stands there any more; a row of bits stays one."""
    if is_list(stored):
        return _packed(set(listed(stored)).difference(positions))
    row = bytearray(stored)
    for position in positions:
        row[position >> 3] &= ~(1 << (position & 7))
    return bytes(row)


def is_list(stored: Stored) -> bool:
    """A list is always shorter than a row of bits."""
    return len(stored) < _ALL_BITS


def listed(stored: Stored) -> tuple[int, ...]:
    """The positions in a list, ascending."""
    return struct.unpack(f"<{len(stored) // 2}H", stored)


def bits_at(positions: Iterable[int], size: int) -> int:
    """The number with these bits; below `size`, a multiple of eight."""
    row = bytearray(size >> 3)
    for position in positions:
        row[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(row, "little")


def bits_of(flags: bytearray) -> int:
    """The same from a byte for each position, 1 where something stands: sooner for many."""
    return int(flags.translate(_AS_DIGITS)[::-1], 2)


def flags_of(bits: int) -> bytes:
    """The other way round, up to the last position where something stands."""
    return format(bits, "b").encode("ascii")[::-1].translate(_AS_FLAGS)


def positions_of(bits: int) -> list[int]:
    """In ascending order, where something stands."""
    row = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [
        8 * at + bit for at, byte in enumerate(row) if byte for bit in _BITS_IN[byte]
    ]


def _packed(positions: Collection[int]) -> bytes:
    if len(positions) * 2 < _ALL_BITS:
        return struct.pack(f"<{len(positions)}H", *sorted(positions))
    return bits_at(positions, SIZE).to_bytes(_ALL_BITS, "little")


def _by_block(carried: Carried) -> dict[Place, list[int]]:
    these: defaultdict[Place, list[int]] = defaultdict(list)
    for label, documents in carried.items():
        for document in documents:
            number, position = divmod(document, SIZE)
            these[label, number].append(position)
    return dict(these)


def _stored(generation: int, these: Collection[Place]) -> dict[Place, Stored]:
    rows = Block.objects.filter(
        generation=generation,
        label__in={label for label, _ in these},
        number__in={number for _, number in these},
    ).values_list("label", "number", "positions")
    found = {(label, number): stored for label, number, stored in rows}
    return {at: stored for at, stored in found.items() if at in these}


def _store(generation: int, changed: Mapping[Place, bytes]) -> None:
    Block.objects.bulk_create(
        [
            Block(
                generation_id=generation,
                label=label,
                number=number,
                positions=positions,
            )
            for (label, number), positions in sorted(changed.items())
        ],
        update_conflicts=True,
        unique_fields=["generation", "number", "label"],
        update_fields=["positions"],
    )
