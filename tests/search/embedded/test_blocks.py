from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.embedded import blocks
from search.embedded.models import Block, Generation

SOME = (0, 1, 7, 8, 65_534, 65_535)


@given(
    st.sets(st.integers(0, blocks.SIZE - 1), max_size=50),
    st.sets(st.integers(0, blocks.SIZE - 1), max_size=50),
)
def test_a_list_is_read_as_it_was_written(one: set[int], other: set[int]) -> None:
    stored = blocks.with_these(blocks.with_these(b"", one), other)
    assert blocks.is_list(stored)
    assert blocks.listed(stored) == tuple(sorted(one | other))
    assert set(blocks.listed(blocks.without_these(stored, one))) == other - one


@pytest.mark.parametrize("many", [4_095, 4_096, 4_097, blocks.SIZE])
def test_of_many_there_is_a_row_of_bits(many: int) -> None:
    stored = blocks.with_these(b"", range(many))
    assert blocks.is_list(stored) is (many < 4_096)
    assert len(stored) <= blocks.SIZE // 8
    assert read(stored) == set(range(many))
    assert read(blocks.with_these(stored, [65_535])) == {*range(many), 65_535}
    assert read(blocks.without_these(stored, range(5, many, 2))) == {
        at for at in range(many) if at < 5 or at % 2 == 0
    }


def test_positions_ascend_and_flags_stand_at_them() -> None:
    bits = blocks.bits_at(SOME, blocks.SIZE)
    assert bits == sum(1 << place for place in SOME)
    assert blocks.positions_of(bits) == list(SOME)
    assert blocks.positions_of(0) == []
    flags = blocks.flags_of(bits)
    assert [at for at, flag in enumerate(flags) if flag] == list(SOME)
    assert blocks.bits_of(bytearray(flags)) == bits


def read(positions: blocks.Stored) -> set[int]:
    if blocks.is_list(positions):
        return set(blocks.listed(positions))
    return set(blocks.positions_of(int.from_bytes(positions, "little")))


def stored(generation: int) -> dict[tuple[int, int], set[int]]:
    rows = Block.objects.filter(generation=generation)
    return {(row.label, row.number): read(row.positions) for row in rows}


def test_labels_are_marked_and_unmarked_block_by_block(db: None) -> None:
    one = Generation.objects.create(index="public").pk
    other = Generation.objects.create(index="public").pk
    blocks.mark(one, {5: [3, blocks.SIZE + 4], 6: [3]})
    blocks.mark(one, {5: [9]})
    blocks.mark(other, {5: [3]})
    assert stored(one) == {(5, 0): {3, 9}, (5, 1): {4}, (6, 0): {3}}
    blocks.unmark(one, {5: [3, 10], 6: [3], 7: [3]})
    assert stored(one) == {(5, 0): {9}, (5, 1): {4}, (6, 0): set()}
    assert stored(other) == {(5, 0): {3}}
