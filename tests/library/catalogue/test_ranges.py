from __future__ import annotations

import io

import pytest

from library.catalogue.ranges import Span, UnsatisfiableRangeError, blocks, span_of


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 999),
        ("bytes=990-5000", 990, 999),
        ("bytes=-100", 900, 999),
        ("bytes=-5000", 0, 999),
        (" bytes=0-0 ", 0, 0),
    ],
)
def test_a_range_names_its_bytes(header: str, first: int, last: int) -> None:
    assert span_of(header, 1000) == Span(first, last)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes=-",
        "bytes=0-9,20-29",
        "lines=0-9",
        "bytes=a-b",
        "bytes=9-3",
        "bytes=²-",
    ],
)
def test_no_range_or_an_odd_one_means_the_whole_file(header: str) -> None:
    assert span_of(header, 1000) is None


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_answered(header: str) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        span_of(header, 1000)


def test_an_empty_file_has_no_range() -> None:
    with pytest.raises(UnsatisfiableRangeError):
        span_of("bytes=0-", 0)


def test_blocks_are_exactly_the_span_and_the_file_is_closed() -> None:
    file = io.BytesIO(bytes(range(256)) * 4096)
    sent = b"".join(blocks(lambda: file, Span(5, 600_000)))
    assert sent == (bytes(range(256)) * 4096)[5:600_001]
    assert file.closed
