"""What goes wrong with the bytes of a good clip, each kind as bytes in, bytes out."""

from __future__ import annotations

import random
from collections.abc import Callable

Damage = Callable[[bytes], bytes]

_PACKET = 188  # of a transport stream
_PICTURE_TRACK = 0x100  # as ffmpeg numbers it


def cut(share: float) -> Damage:
    """Only the first `share` has arrived."""
    return lambda data: data[: int(len(data) * share)]


def rubbish_inside(data: bytes) -> bytes:
    """An MP4 whose index is good; every picture and sound in it is noise."""
    start, end = data.find(b"mdat") + 4, data.rfind(b"moov") - 4
    noise = random.Random(1).randbytes(end - start)
    return data[:start] + noise + data[end:]


def noise_behind(share: float) -> Damage:
    """An MP4 whose index is good; from `share` on two bytes in a hundred are wrong."""

    def damage(data: bytes) -> bytes:
        spoilt, noise = bytearray(data), random.Random(1)
        start, end = int(len(data) * share), data.rfind(b"moov") - 4
        for at in noise.sample(range(start, end), (end - start) // 50):
            spoilt[at] ^= noise.randrange(1, 256)
        return bytes(spoilt)

    return damage


def spoilt_pictures(begin: float, end: float) -> Damage:
    """A transport stream whose pictures are noise between two shares of its length; its
    sound and all times are good."""

    def damage(data: bytes) -> bytes:
        spoilt, noise = bytearray(data), random.Random(1)
        first, last = (int(len(data) * share) // _PACKET for share in (begin, end))
        for at in range(first * _PACKET, last * _PACKET, _PACKET):
            if _goes_on_with_a_picture(data, at):
                spoilt[at + 12 : at + _PACKET] = noise.randbytes(_PACKET - 12)
        return bytes(spoilt)

    return damage


def _goes_on_with_a_picture(data: bytes, at: int) -> bool:
    """The packet at `at` is of the picture track and does not begin a picture."""
    track = (data[at + 1] & 0x1F) << 8 | data[at + 2]
    return track == _PICTURE_TRACK and not data[at + 1] & 0x40
