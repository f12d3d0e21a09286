"""Reads a finished package back, as a player would, so that tests can assert on it."""

from __future__ import annotations

import json
import re
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_pipeline import binaries


@dataclass(frozen=True)
class Variant:
    attributes: dict[str, str]
    playlist: str


def variants(out_dir: Path) -> list[Variant]:
    text = (out_dir / "master.m3u8").read_text()
    found = re.findall(r"#EXT-X-STREAM-INF:(.*)\n(.+)", text)
    return [
        Variant({key: value.strip('"') for key, value in _attributes(line)}, playlist)
        for line, playlist in found
    ]


def _attributes(line: str) -> list[tuple[str, str]]:
    return re.findall(r'([A-Z-]+)=("[^"]*"|[^,]*)', line)


def segments(playlist: Path) -> list[tuple[float, Path]]:
    """Seconds and file of each segment; fails unless the playlist is ended."""
    text = playlist.read_text()
    assert text.endswith("#EXT-X-ENDLIST\n")
    found = re.findall(r"#EXTINF:([\d.]+),\n(.+)", text)
    return [(float(seconds), playlist.parent / name) for seconds, name in found]


def joined(playlist: Path, target: Path) -> Path:
    """Init and segments in one file, as a browser's source buffer would see them."""
    init = re.search(r'#EXT-X-MAP:URI="([^"]+)"', playlist.read_text())
    assert init is not None
    parts = [playlist.parent / init[1], *(path for _, path in segments(playlist))]
    target.write_bytes(b"".join(part.read_bytes() for part in parts))
    return target


def streams(path: Path) -> list[dict[str, Any]]:
    """ffprobe's streams, with every packet counted."""
    argv = [binaries.find().ffprobe, "-v", "error", "-count_frames", "-show_streams"]
    done = subprocess.run(
        [*argv, "-of", "json", f"file:{path}"], capture_output=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)["streams"]
    return found


def metadata(path: Path) -> str:
    """All that ffprobe would tell a stranger about the file."""
    argv = [binaries.find().ffprobe, "-v", "error", "-show_format", "-show_streams"]
    done = subprocess.run([*argv, f"file:{path}"], capture_output=True, check=True)
    return done.stdout.decode()


def starts_s(path: Path) -> float:
    """When the first picture or sound is presented."""
    argv = [binaries.find().ffprobe, "-v", "error", "-show_entries", "packet=pts_time"]
    done = subprocess.run(
        [*argv, "-read_intervals", "%+1", "-of", "csv=p=0", f"file:{path}"],
        capture_output=True,
        check=True,
    )
    return min(float(line.strip(",")) for line in done.stdout.decode().split())


def edits(init: Path) -> list[tuple[int, int]]:
    """Duration and media time of each entry of the edit list; -1 is an empty edit."""
    data = init.read_bytes()
    at = data.index(b"elst") + 8
    count = int.from_bytes(data[at : at + 4], "big")
    return [
        struct.unpack_from(">Ii", data, at + 4 + 12 * number) for number in range(count)
    ]
