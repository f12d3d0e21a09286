"""HTTP range requests (RFC 9110, section 14): which bytes of a file were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

BLOCK_BYTES = 256 * 1024


class UnsatisfiableRangeError(ValueError):
    """The range starts behind the end of the file: answer 416."""


@dataclass(frozen=True)
class Span:
    first: int
    last: int  # inclusive, as in the header

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        return f"bytes {self.first}-{self.last}/{size}"


def span_of(header: str, size: int) -> Span | None:
    """The one range asked for; None for none, several, or one that is not well-formed.

    A server may answer those with the whole file, and players never ask for several.
    """
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
        if int(end) == 0:
            raise UnsatisfiableRangeError(header)
    else:
        first, last = int(start), min(int(end) if end else size - 1, size - 1)
        if end and int(end) < first:
            return None
    if first >= size:
        raise UnsatisfiableRangeError(header)
    return Span(first, last)


def blocks(opened: Callable[[], IO[bytes]], span: Span) -> Iterator[bytes]:
    """The bytes of the span, never more than one block in memory.

    The file is opened when the first block is asked for: nobody may ask for any.
    """
    with opened() as file:
        file.seek(span.first)
        left = span.length
        while left and (block := file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block
