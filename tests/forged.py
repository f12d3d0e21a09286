"""What no honest program writes: containers changed byte for byte."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterator

Forge = Callable[[bytes], bytes]

_PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
_PACKET = 188  # of a transport stream
_TABLES = {0, 17, 0x1000}  # whose packets say which tracks there are


# --- MP4 and MOV ----------------------------------------------------------------


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box in a row."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        yield kind, data[at + 8 : at + size]
        at += size


def rewritten(data: bytes, kind: bytes, forge: Forge) -> bytes:
    """Each box of that kind, wherever it is, with another content."""
    told = []
    for found, old in boxes(data):
        content = old
        if found == kind:
            content = forge(old)
        elif found in _PARENTS:
            content = rewritten(old, kind, forge)
        told.append(box(found, content))
    return b"".join(told)


def _one(entry: bytes) -> Forge:
    """A table of references that holds but this."""
    return lambda _old: struct.pack(">4xI", 1) + entry


def at_an_address(url: str) -> Forge:
    """The index is here, the pictures and sounds are said to be there."""
    entry = box(b"url ", bytes(4), url.encode(), b"\0")
    return lambda data: rewritten(data, b"dref", _one(entry))


def by_an_alias(path: str) -> Forge:
    """As the QuickTime of old said it, in a way that ffmpeg can follow."""
    name = path.rpartition("/")[2].encode()[:63]
    record = struct.pack(">4xHHHB27s", 150, 2, 0, 4, b"disk") + bytes(4 + 2 + 2 + 4)
    record += struct.pack(">B63s", len(name), name) + bytes(16)
    record += struct.pack(">hh", 0, 0) + bytes(16)
    for number, words in ((2, path), (18, path), (0, "/")):
        encoded = words.encode()
        record += struct.pack(">hH", number, len(encoded)) + encoded
        record += bytes(len(encoded) % 2)
    record += struct.pack(">hH", -1, 0)
    entry = box(b"alis", bytes(4), record)
    return lambda data: rewritten(data, b"dref", _one(entry))


def endless_index(data: bytes) -> bytes:
    """Gigabytes of samples of one byte each, told in some bytes."""
    many = 60_000_000
    data = rewritten(data, b"stsz", lambda _: struct.pack(">4xII", 1, many))
    data = rewritten(data, b"stts", lambda _: struct.pack(">4xIII", 1, many, 1))
    return rewritten(data, b"stsc", lambda _: struct.pack(">4xIIII", 1, 1, many, 1))


def looping(data: bytes) -> bytes:
    """An edit list that shows the same second a hundred thousand times."""
    edit = struct.pack(">IIHH", 1000, 0, 1, 0)
    edits = struct.pack(">4xI", 100_000) + edit * 100_000
    return rewritten(data, b"elst", lambda _: edits)


def packed_index(data: bytes) -> bytes:
    """A compressed index that says it will unpack to two gigabytes."""
    return b"".join(
        box(kind, _packed(box(kind, content)) if kind == b"moov" else content)
        for kind, content in boxes(data)
    )


def _packed(index: bytes) -> bytes:
    words = struct.pack(">I", 2**31 - 9) + zlib.compress(index + bytes(10**7), 9)
    return box(b"cmov", box(b"dcom", b"zlib"), box(b"cmvd", words))


def page_in_front(data: bytes) -> bytes:
    """Also a page, to whoever looks for one; a video to whoever opens it."""
    page = b"--><html><script>alert(1)</script></html><!--"
    (kind, content), *_ = boxes(data)
    first = box(kind, content)
    # The index follows the media, which have moved by the size of the box put in.
    front = box(b"free", page)
    data = rewritten(data, b"stco", lambda table: _moved(table, len(front)))
    return first + front + data[len(first) :]


def _moved(table: bytes, by: int) -> bytes:
    places = struct.unpack_from(f">{len(table) // 4 - 2}I", table, 8)
    return table[:8] + b"".join(struct.pack(">I", place + by) for place in places)


# --- Matroska and AVI -------------------------------------------------------------


def next_part(name: str) -> Forge:
    """Says, in place of the muxer's name, that the recording goes on in that file."""

    def forge(data: bytes) -> bytes:
        at = data.index(b"\x4d\x80")  # MuxingApp: two bytes, then the length
        room = data[at + 2] & 0x7F
        words = name.encode().ljust(room - 1, b"\0")[: room - 1]
        element = b"\x3e\x83\xbb" + bytes([0x80 | room - 1]) + words  # NextFilename
        return data[:at] + element + data[at + len(element) :]

    return forge


def captioned(playlist: str) -> bytes:
    """Sound data that are a caption file of an AVI's subtitle track, once its header
    says that the sound is subtitles."""
    words, name = playlist.encode(), "x\0".encode("utf-16le")
    blob = b"GAB2\0" + struct.pack("<HI", 2, len(name)) + name
    blob += struct.pack("<HI", 4, len(words)) + words
    return blob + bytes(-len(blob) % 1024)


def sound_as_subtitles(data: bytes) -> bytes:
    at = data.index(b"auds")
    return data[:at] + b"txts" + bytes(4) + data[at + 8 :]


# --- transport streams ------------------------------------------------------------


def scrambled(*, is_told: bool) -> Forge:
    """All but the tables is noise: as recorded without the key; `is_told` by the
    packets' headers, as it should be."""

    def forge(data: bytes) -> bytes:
        noise, spoilt = random.Random(3), bytearray(data)
        for at in range(0, len(data) - _PACKET + 1, _PACKET):
            if (data[at + 1] & 0x1F) << 8 | data[at + 2] in _TABLES:
                continue
            if is_told:
                spoilt[at + 3] |= 0x80
            spoilt[at + 12 : at + _PACKET] = noise.randbytes(_PACKET - 12)
        return bytes(spoilt)

    return forge


def overwritten(share: float, with_: Callable[[int], bytes], until: float = 1) -> Forge:
    """From `share` on something else, of the same length; `until` another share."""

    def forge(data: bytes) -> bytes:
        kept, again = (int(len(data) * edge) for edge in (share, until))
        return data[:kept] + with_(again - kept) + data[again:]

    return forge
