"""What the boxes of an MP4 tell: the codec as playlists name it, the time of a picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from media_pipeline.errors import PackageError

_PARENTS = {b"moof", b"traf", b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}


@dataclass(frozen=True)
class Opening:
    """The first sample of a fragment, and where a player finds it."""

    offset: int  # of the fragment in its file
    length: int  # from there to the end of the sample
    sample: bytes
    time: int  # of presentation, in the track's own unit, edit list not applied
    samples: int  # in the fragment


@dataclass(frozen=True)
class Clock:
    """How a track's times become seconds on the player's clock."""

    unit: int  # of a second
    start: int  # the time that the edit list shows at 0

    def seconds(self, time: int) -> Fraction:
        return Fraction(time - self.start, self.unit)


def opening(segment: Path) -> Opening:
    """Of the first fragment in that file."""
    with segment.open("rb") as file:
        for kind, at, size in _top_boxes(file):
            if kind == b"moof":
                return _opening(file, at, size)
    raise PackageError(f"{segment.name} has no fragment")


def clock(init: bytes) -> Clock:
    found = dict(_boxes(init, 0, len(init)))
    header, edits = found.get(b"mdhd", b""), found.get(b"elst", b"")
    if not header:
        raise PackageError("no mdhd box in the init segment")
    unit = struct.unpack_from(">I", header, 20 if header[0] else 12)[0]
    start = 0
    if edits and int.from_bytes(edits[4:8], "big") == 1:
        start = struct.unpack_from(
            *((">q", edits, 16) if edits[0] else (">i", edits, 12))
        )[0]
    return Clock(unit, start)


def codec(init: bytes) -> str:
    """As RFC 6381 writes it, from the only track of an init segment."""
    for kind, tell in _TELLING.items():
        at = init.find(kind)
        if at >= 0 and len(init) >= at + 8:
            return tell(init[at + 4 :])
    raise PackageError("no known codec in the init segment")


def _avc(box: bytes) -> str:
    return f"avc1.{box[1]:02x}{box[2]:02x}{box[3]:02x}"


def _av1(box: bytes) -> str:
    profile, level = box[1] >> 5, box[1] & 0x1F
    tier = "H" if box[2] & 0x80 else "M"
    depth = 8 + 2 * (box[2] >> 6 & 1) + 2 * (box[2] >> 5 & 1)
    return f"av01.{profile}.{level:02}{tier}.{depth:02}"


def _aac(box: bytes) -> str:
    """Three descriptors, each inside the one before; the last is the decoder's own."""
    try:
        stream = _descriptor(box, 4)
        decoder = _descriptor(box, stream + 3)
        specific = _descriptor(box, decoder + 13)
        return f"mp4a.{box[decoder]:x}.{box[specific] >> 3}"
    except IndexError as error:
        raise PackageError("an esds box without its decoder") from error


def _descriptor(box: bytes, at: int) -> int:
    """Where the content begins: after a tag and a length of one to four bytes."""
    at += 1
    while box[at] & 0x80:
        at += 1
    return at + 1


def _opus(_box: bytes) -> str:
    return "opus"


_TELLING = {b"avcC": _avc, b"av1C": _av1, b"esds": _aac, b"dOps": _opus}


@dataclass(frozen=True)
class Parameters:
    """How an H.264 stream is to be decoded, as its init segment says."""

    prefix_bytes: int  # before each unit of a sample: its length
    is_consistent: bool  # one set of them, which names the profile that the box names

    def units(self, sample: bytes) -> Iterator[int]:
        """The types of a sample's units."""
        at = 0
        while at + self.prefix_bytes < len(sample):
            size = int.from_bytes(sample[at : at + self.prefix_bytes], "big")
            at += self.prefix_bytes
            yield sample[at] & 0x1F
            at += size


def parameters(init: bytes) -> Parameters:
    at = init.find(b"avcC")
    box = init[at + 4 :]
    if at < 0 or len(box) < 12:
        raise PackageError("no avcC box in the init segment")
    is_consistent = box[5] & 0x1F == 1 and box[1:4] == box[9:12]
    return Parameters((box[4] & 3) + 1, is_consistent)


def _top_boxes(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    at = 0
    while len(head := file.read(8)) == 8:
        size, kind = struct.unpack(">I4s", head)
        if size < 8:
            raise PackageError("a box of no size")
        yield kind, at, size
        at += size
        file.seek(at)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box that is not made of boxes."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8:
            raise PackageError("a box of no size")
        if kind in _PARENTS:
            yield from _boxes(data, at + 8, min(at + size, end))
        else:
            yield kind, data[at + 8 : at + size]
        at += size


def _opening(file: BinaryIO, at: int, size: int) -> Opening:
    file.seek(at)
    moof = file.read(size)
    found = dict(_boxes(moof, 0, len(moof)))
    try:
        header, start, run = found[b"tfhd"], found[b"tfdt"], found[b"trun"]
        time = struct.unpack_from(">Q" if start[0] else ">I", start, 4)[0]
        offset, length, late = _first_of(run, _default_size(header))
        samples = int.from_bytes(run[4:8], "big")
    except (KeyError, struct.error) as error:
        raise PackageError("a fragment without its first sample") from error
    file.seek(at + offset)
    return Opening(at, offset + length, file.read(length), time + late, samples)


def _default_size(header: bytes) -> int:
    """Of samples, from a tfhd box; the fields before it are there or not."""
    flags = int.from_bytes(header[1:4], "big")
    at = 8 + sum(width for bit, width in ((0x1, 8), (0x2, 4), (0x8, 4)) if flags & bit)
    return int(struct.unpack_from(">I", header, at)[0]) if flags & 0x10 else 0


def _first_of(run: bytes, default_size: int) -> tuple[int, int, int]:
    """Offset from the fragment, size and composition offset, from a trun box."""
    flags = int.from_bytes(run[1:4], "big")
    at = 8
    fields = []
    for bit in (0x1, 0x4, 0x100, 0x200, 0x400, 0x800):
        fields.append(struct.unpack_from(">i", run, at)[0] if flags & bit else None)
        at += 4 * bool(flags & bit)
    offset, _flags, _duration, size, _more_flags, late = fields
    return offset or 0, size if size is not None else default_size, late or 0
