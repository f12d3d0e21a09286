"""What the first bytes of a file say it is, for files that no demuxer would open."""

from __future__ import annotations

from pathlib import Path

HEAD_BYTES = 65_536  # ASF may tell about the streams first
_ASF_FILE = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")  # its properties
_ASF_SIZE, _ASF_FLAGS = 40, 88  # from there
_SYNC = b"\x47"
_TS_PACKETS = ((0, 188), (4, 192), (0, 204))  # first sync, and how far to the next
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"mif1", b"msf1", b"avif", b"avis")
_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
_MAGIC = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"FLV\x01",
    b"0&\xb2u\x8ef\xcf\x11",  # ASF, WMV
    b"OggS",
    b"\x00\x00\x01\xba",  # MPEG program stream
)


def is_picture(path: Path) -> bool:
    """HEIF and AVIF stills are ISO media files too, and open as a video."""
    head = _head(path)
    return head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS


def is_video_container(path: Path) -> bool:
    head = _head(path)
    is_avi = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    is_known = head[4:8] in _BOXES or head.startswith(_MAGIC)
    return is_avi or is_known or _is_transport_stream(head)


def _is_transport_stream(head: bytes) -> bool:
    return any(
        head[first::distance][:5] == _SYNC * 5 for first, distance in _TS_PACKETS
    )


def promised_bytes(path: Path) -> int:
    """How long the header of an ASF (WMV) says that the file is; 0 where none does.
    Of one that was cut, ffprobe tells no length at all."""
    head = _head(path)
    at = head.find(_ASF_FILE)
    if at < 0 or len(head) < at + _ASF_FLAGS + 4:
        return 0
    is_live = int.from_bytes(head[at + _ASF_FLAGS : at + _ASF_FLAGS + 4], "little") & 1
    size = int.from_bytes(head[at + _ASF_SIZE : at + _ASF_SIZE + 8], "little")
    return 0 if is_live else size


def is_tagged_sound(path: Path) -> bool:
    """A song with tags; a large cover picture hides the sound behind it from a probe."""
    return _head(path).startswith((b"ID3", b"fLaC"))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)
