"""Boxes made by hand, byte by byte; what ffmpeg writes is read in test_exactness."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import pytest

from media_pipeline import boxes
from media_pipeline.errors import PackageError

AVC = b"\x01\x64\x00\x1f\xff"  # High profile, level 3.1
FIRST = b"\x00\x00\x00\x02\x65\x88"


def a_box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def an_init(configuration: bytes = AVC, kind: bytes = b"avcC", edit: int = 0) -> bytes:
    """Unit 1/30 000 s; `edit` is the time that is shown at 0."""
    header = a_box(b"mdhd", bytes(12), struct.pack(">I", 30_000), bytes(8))
    edits = a_box(b"elst", bytes(4), struct.pack(">IIiI", 1, 0, edit, 0x10000))
    description = a_box(b"stsd", a_box(b"xxxx", a_box(kind, configuration)))
    media = a_box(b"mdia", header, a_box(b"minf", a_box(b"stbl", description)))
    return a_box(b"ftyp") + a_box(b"moov", a_box(b"trak", a_box(b"edts", edits), media))


def a_fragment(first: bytes = FIRST, time: int = 0, late: int = 0) -> bytes:
    """A fragment of two pictures, behind a box that players skip."""

    def moof(offset: int) -> bytes:
        run = struct.pack(">IIiIIiIi", 0x01000A05, 2, offset, 0, len(first), late, 9, 0)
        traf = (
            a_box(b"tfhd", struct.pack(">II", 0x20000, 1)),
            a_box(b"tfdt", struct.pack(">IQ", 0x01000000, time)),
            a_box(b"trun", run),
        )
        return a_box(b"moof", a_box(b"mfhd", bytes(8)), a_box(b"traf", *traf))

    head = moof(len(moof(0)) + 8)
    return a_box(b"styp", bytes(4)) + head + a_box(b"mdat", first, bytes(9))


def test_the_first_picture_is_found_in_its_fragment(tmp_path: Path) -> None:
    path = tmp_path / "s.m4s"
    path.write_bytes(a_fragment(time=180_000, late=2000))
    found = boxes.opening(path)
    assert (found.sample, found.time) == (FIRST, 182_000)
    assert found.offset == 12
    ranged = path.read_bytes()[found.offset : found.offset + found.length]
    assert ranged.endswith(FIRST)
    assert ranged[4:8] == b"moof"


def test_sizes_may_stand_in_the_head_of_the_fragment(tmp_path: Path) -> None:
    header = struct.pack(">IIII", 0x2001A, 1, 1, 512) + struct.pack(">I", len(FIRST))
    run = struct.pack(">II", 0, 1)
    parts = (
        a_box(b"tfhd", header),
        a_box(b"tfdt", struct.pack(">II", 0, 7)),
        a_box(b"trun", run),
    )
    (tmp_path / "s.m4s").write_bytes(a_box(b"moof", a_box(b"traf", *parts)))
    found = boxes.opening(tmp_path / "s.m4s")
    assert (found.length, found.time) == (len(FIRST), 7)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        a_box(b"mdat", FIRST),
        a_box(b"moof", a_box(b"traf")),
        struct.pack(">I4s", 0, b"moof"),
        a_fragment()[:40],
    ],
)
def test_what_is_no_fragment_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.m4s").write_bytes(content)
    with pytest.raises(PackageError):
        boxes.opening(tmp_path / "s.m4s")


def test_times_follow_the_edit_list() -> None:
    assert boxes.clock(an_init()).seconds(180_000) == 6
    late = boxes.clock(an_init(edit=2000))
    assert late.seconds(182_000) == 6
    assert late.seconds(183_001) == 6 + Fraction(1001, 30_000)
    with pytest.raises(PackageError):
        boxes.clock(b"")


# esds: stream, decoder (AAC), its own part (AAC-LC, 48 kHz, mono).
AAC = (
    b"\0\0\0\0\x03\x80\x80\x80\x25\0\1\0\x04\x80\x80\x80\x17\x40\x15\0\0\0\0\0\xfa"
    b"\0\0\0\xfa\0\x05\x80\x80\x80\x05\x11\x88\x56\xe5\0"
)


@pytest.mark.parametrize(
    ("kind", "configuration", "codec"),
    [
        (b"avcC", AVC, "avc1.64001f"),
        (b"av1C", b"\x81\x05\x0c\x00", "av01.0.05M.08"),
        (b"av1C", b"\x81\x28\xcc\x00", "av01.1.08H.10"),
        (b"esds", AAC, "mp4a.40.2"),
        (b"dOps", bytes(11), "opus"),
    ],
)
def test_codecs_are_named_from_the_init_segment(
    kind: bytes, configuration: bytes, codec: str
) -> None:
    assert boxes.codec(an_init(configuration, kind)) == codec


@pytest.mark.parametrize("init", [b"no such box", an_init(b"\0\0\0\0\x03", b"esds")])
def test_an_unknown_codec_is_no_guess(init: bytes) -> None:
    with pytest.raises(PackageError):
        boxes.codec(init)
