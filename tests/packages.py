"""Packages that the engine made, and what a player would read in them."""

from __future__ import annotations

import json
import pickle
import re
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import override_settings

from media_pipeline import binaries
from media_pipeline.package import Manifest
from media_pipeline.runner import Spent
from media_pipeline.session import Session
from media_pipeline.transcode import Progress, transcode
from tests import shelf
from tests.clips import clip


@dataclass(frozen=True)
class First:
    """What could be watched before the rest was there."""

    manifest: Manifest
    pieces: dict[str, list[tuple[float, int]]]  # of each playlist: seconds and bytes


@dataclass
class Made:
    """A package of a clip, and what was told while it was made."""

    out: Path
    manifest: Manifest
    told: list[Progress] = field(default_factory=list)
    firsts: list[First] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)


def made(name: str, **chosen: Any) -> Made:
    """Of the clip of that name, under `chosen` settings; once for all tests, to be read."""

    def make(folder: Path) -> None:
        with override_settings(**chosen):
            found = pickle.dumps(_make(name, folder / "out"))
        (folder / "made").write_bytes(found)

    folder = shelf.once(f"package of {name} {chosen or ''}", make)
    found: Made = pickle.loads((folder / "made").read_bytes())
    found.out = folder / "out"
    return found


def _make(name: str, out: Path) -> Made:
    told: list[Progress] = []
    firsts: list[First] = []

    def watch(manifest: Manifest) -> None:
        pieces = {
            variant.playlist: [
                (seconds, path.stat().st_size)
                for seconds, path in segments(out / variant.playlist)
            ]
            for variant in variants(out)
        }
        firsts.append(First(manifest, pieces))

    session = Session()
    manifest = transcode(
        clip(name),
        out,
        on_progress=told.append,
        on_first_playable=watch,
        session=session,
    )
    return Made(out, manifest, told, firsts, session.spent)


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


def key_ranges(playlist: Path) -> list[tuple[float, bytes]]:
    """Seconds and bytes of each entry of an I-frame playlist."""
    text = playlist.read_text()
    assert "#EXT-X-I-FRAMES-ONLY\n" in text
    found = re.findall(r"#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n(.+)", text)
    ranges = []
    for seconds, length, offset, name in found:
        data = (playlist.parent / name).read_bytes()
        ranges.append((float(seconds), data[int(offset) :][: int(length)]))
    return ranges


def pictures(path: Path) -> list[tuple[float, bool]]:
    """When each is presented, in order, and whether it is a key frame."""
    argv = [binaries.find().ffprobe, "-v", "error", "-select_streams", "v"]
    argv += ["-show_entries", "packet=pts_time,flags", "-of", "csv=p=0"]
    done = subprocess.run([*argv, f"file:{path}"], capture_output=True, check=True)
    rows = (line.split(",") for line in done.stdout.decode().split())
    return sorted((float(row[0]), row[1].startswith("K")) for row in rows)


def picture_hashes(path: Path) -> list[str]:
    """Of the packets of the picture track as they stand, without the notes in them."""
    argv = [
        binaries.find().ffmpeg,
        "-v",
        "error",
        "-i",
        f"file:{path}",
        "-map",
        "0:v:0",
    ]
    argv += [
        "-c",
        "copy",
        "-bsf:v",
        "filter_units=remove_types=6",
        "-f",
        "framehash",
        "-",
    ]
    done = subprocess.run(argv, capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    return [line.split(",")[-1].strip() for line in lines if not line.startswith("#")]


def places(path: Path) -> list[tuple[int, int, bool]]:
    """Offset, size and whether it is a key frame, of each picture in a file."""
    argv = [binaries.find().ffprobe, "-v", "error", "-select_streams", "v"]
    argv += ["-show_entries", "packet=size,pos,flags", "-of", "csv=p=0"]
    done = subprocess.run([*argv, f"file:{path}"], capture_output=True, check=True)
    rows = (line.split(",") for line in done.stdout.decode().split())
    return [(int(row[1]), int(row[0]), row[2].startswith("K")) for row in rows]


def joined(playlist: Path, target: Path) -> Path:
    """Init and segments in one file, as a browser's source buffer would see them."""
    parts = [path.read_bytes() for _, path in segments(playlist)]
    target.write_bytes(init_of(playlist) + b"".join(parts))
    return target


def init_of(playlist: Path) -> bytes:
    init = re.search(r'#EXT-X-MAP:URI="([^"]+)"', playlist.read_text())
    assert init is not None
    return (playlist.parent / init[1]).read_bytes()


def streams(path: Path, *, decoded: bool = True) -> list[dict[str, Any]]:
    """ffprobe's streams, with every picture decoded and counted."""
    argv = [binaries.find().ffprobe, "-v", "error", "-show_streams"]
    argv += ["-count_frames"] * decoded
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
