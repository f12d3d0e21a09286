"""The first bytes tell a broken video from what never was one."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_pipeline.signatures import (
    is_picture,
    is_tagged_sound,
    is_video_container,
    promised_bytes,
)


def _file(tmp_path: Path, head: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(head)
    return path


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\x00\x00\x00\x18ftypisom", True),
        (b"\x00\x00\x00\x08wide\x00\x00", True),
        (b"\x1aE\xdf\xa3\x01", True),
        (b"RIFF\x00\x00\x00\x00AVI LIST", True),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", False),
        (b"OggS\x00", True),
        ((b"\x47" + bytes(187)) * 6, True),
        ((bytes(4) + b"\x47" + bytes(187)) * 6, True),
        ((b"\x47" + bytes(187)) * 3, False),
        (b"GIF89a" + bytes(1200), False),
        (b"#EXTM3U\n", False),
        (b"PK\x03\x04", False),
        (b"", False),
    ],
)
def test_containers_are_known_by_their_head(
    tmp_path: Path, head: bytes, *, expected: bool
) -> None:
    assert is_video_container(_file(tmp_path, head)) is expected


@pytest.mark.parametrize("brand", [b"heic", b"avif", b"mif1"])
def test_a_still_in_an_iso_container_is_a_picture(tmp_path: Path, brand: bytes) -> None:
    assert is_picture(_file(tmp_path, b"\x00\x00\x00\x18ftyp" + brand))


def test_a_phone_clip_is_no_picture(tmp_path: Path) -> None:
    assert not is_picture(_file(tmp_path, b"\x00\x00\x00\x18ftypmp42"))


def _asf(size: int, flags: int) -> bytes:
    properties = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
    head = b"0&\xb2u\x8ef\xcf\x11" + bytes(22) + properties + bytes(24)
    return head + size.to_bytes(8, "little") + bytes(40) + flags.to_bytes(4, "little")


def test_the_length_that_a_wmv_promises_is_read(tmp_path: Path) -> None:
    assert promised_bytes(_file(tmp_path, _asf(12_345, 2))) == 12_345
    assert promised_bytes(_file(tmp_path, _asf(12_345, 1))) == 0  # of a live stream
    assert promised_bytes(_file(tmp_path, _asf(12_345, 2)[:-1])) == 0
    assert promised_bytes(_file(tmp_path, b"\x00\x00\x00\x18ftypisom")) == 0


def test_a_song_is_known_by_its_tag(tmp_path: Path) -> None:
    assert is_tagged_sound(_file(tmp_path, b"ID3\x04\x00"))
    assert not is_tagged_sound(_file(tmp_path, b"\x00\x00\x00\x18ftypM4A "))
