"""What reading a file's packets tells about its streams; nothing is decoded."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from media_pipeline import binaries, commands
from media_pipeline.errors import RefusedError
from media_pipeline.runner import Bounds
from media_pipeline.session import Session

# An index of a gigabyte can be told in some bytes; that of four real hours needs 100 MB.
BOUNDS = Bounds(memory_bytes=768 * 1024**2, file_bytes=1024**2)
TIMEOUT_S = 600
WHOLE = 0.95  # a file that holds less of what it declares is damaged
PER_SECOND = 2000  # packets of a stream; 240 pictures, or 1200 of the densest sound
SPARSE_S = 10
KEYFRAMES = 100_000


@dataclass
class Packets:
    """Those of one stream."""

    count: int = 0
    hidden: int = 0  # of them, by an edit list
    bytes: int = 0
    start_s: float = math.inf
    end_s: float = -math.inf
    end_byte: int = 0  # of the file
    hole_bytes: int = 0  # the most that lies before one of them and after all others
    keyframes_s: list[float] = field(default_factory=list)

    @property
    def span_s(self) -> float:
        return max(0.0, self.end_s - self.start_s)

    @property
    def is_sparse(self) -> bool:
        """Rather a time that has jumped than a picture that long stood still."""
        return self.count < self.span_s / SPARSE_S


@dataclass(frozen=True)
class Bar:
    """Where reading stops at once, with the reason for the uploader."""

    max_seconds: float
    max_streams: int
    pictures: Mapping[int, int]  # that the index tells, by stream

    def check(self, index: int, packets: Packets) -> None:
        told = self.pictures.get(index)
        if told and packets.count > 2 * told + 100:
            raise RefusedError("damaged", "an edit list shows its pictures again")
        span_s = packets.span_s
        if packets.count > PER_SECOND * (span_s + 10):
            raise RefusedError("damaged", f"{packets.count} packets in {span_s:.1f} s")
        if span_s > self.max_seconds + 60:
            reason = "damaged" if packets.is_sparse else "too_long"
            raise RefusedError(reason, f"{packets.count} packets in {span_s:.0f} s")


def read(path: Path, bar: Bar, session: Session) -> dict[int, Packets]:
    """By stream. Raises RefusedError where `bar` is in the way."""
    streams: dict[int, Packets] = {}
    session.run(
        commands.list_packets(binaries.find().ffprobe, path),
        cwd=None,
        reads=(path.absolute(),),
        timeout_s=TIMEOUT_S,
        on_line=lambda line: _note(streams, line, bar),
        bounds=BOUNDS,
    )
    return streams


def check_covered(container: str, streams: Collection[Packets], size: int) -> None:
    """A recording that tells no length is as long as what was read; all of it must be."""
    end_byte = max(one.end_byte for one in streams)
    if end_byte and end_byte < WHOLE * size - 4096:
        raise RefusedError("damaged", f"packets in {end_byte} of {size} bytes")
    hole_bytes = max(one.hole_bytes for one in streams)
    # In others what a position is of differs: of a page, or of a clock before it.
    if container == "mpegts" and hole_bytes > (1 - WHOLE) * size + 4096:
        raise RefusedError("damaged", f"no packets in {hole_bytes} of {size} bytes")


def _note(streams: dict[int, Packets], line: str, bar: Bar) -> None:
    fields = line.strip().split(",")
    if len(fields) < 7 or not fields[0].isdigit():
        return
    index = int(fields[0])
    if index not in streams and len(streams) >= bar.max_streams:
        raise RefusedError("too_many_streams", f"over {bar.max_streams} streams")
    packets = streams.setdefault(index, Packets())
    pts, dts, duration, size, position, flags = fields[1:7]
    packets.count += 1
    packets.bytes += int(size)
    if position.isdigit():
        reached = max(one.end_byte for one in streams.values())
        packets.hole_bytes = max(packets.hole_bytes, int(position) - reached)
        packets.end_byte = max(packets.end_byte, int(position) + int(size))
    _note_time(packets, pts if pts != "N/A" else dts, duration, flags)
    bar.check(index, packets)


def _note_time(packets: Packets, moment: str, duration: str, flags: str) -> None:
    if moment == "N/A" or "D" in flags:
        packets.hidden += 1
        return
    start_s = float(moment)
    length_s = float(duration) if duration != "N/A" else 0.0
    packets.start_s = min(packets.start_s, start_s)
    packets.end_s = max(packets.end_s, start_s + length_s)
    if flags.startswith("K") and len(packets.keyframes_s) < KEYFRAMES:
        packets.keyframes_s.append(start_s)
