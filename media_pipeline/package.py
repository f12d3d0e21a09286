"""What a finished package is, told as the manifest that people and programs read."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from media_pipeline.commands import DOWNLOAD, SOUND_FILE
from media_pipeline.ladder import Rung
from media_pipeline.playlists import media_url
from media_pipeline.source import Content
from media_pipeline.tracks import Track
from media_pipeline.work import Seconds


@dataclass(frozen=True)
class Rendition:
    name: str
    width: int
    height: int
    fps: float
    bytes: int
    peak_kbps: int
    average_kbps: int
    playlist: str
    codec: str
    is_copy: bool  # the source's own pictures


@dataclass(frozen=True)
class Audio:
    bytes: int
    average_kbps: int
    playlist: str
    codec: str
    file: str | None = None  # the same by itself, to listen or keep
    file_bytes: int | None = None


@dataclass(frozen=True)
class Download:
    file: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What OUT_DIR holds; `as_json()` is what `transcode --json` prints.

    Paths are relative to OUT_DIR. After the first phase of a long clip `download`,
    `poster` and `storyboard` are still None and `is_whole` is false.
    """

    content: Content
    source: dict[str, object]
    master: str
    renditions: tuple[Rendition, ...]
    audio: Audio | None
    first_playable_s: float
    seconds: Seconds
    commands: tuple[tuple[str, ...], ...]
    opus: Audio | None = None  # the sound once more, for data savers
    download: Download | None = None
    poster: str | None = None
    posters: tuple[str, ...] = field(default=())  # `poster` first
    storyboard: str | None = None
    is_whole: bool = False

    def as_json(self) -> dict[str, object]:
        return {"accepted": True, **asdict(self)}


def rendition(rung: Rung, track: Track) -> Rendition:
    return Rendition(
        name=rung.name,
        width=rung.width,
        height=rung.height,
        fps=round(float(rung.fps), 3),
        bytes=track.bytes,
        peak_kbps=math.ceil(track.peak_bps / 1000),
        average_kbps=math.ceil(track.average_bps / 1000),
        playlist=media_url(track),
        codec=track.codec,
        is_copy=rung.is_copy,
    )


def audio(track: Track | None) -> Audio | None:
    if track is None:
        return None
    return Audio(
        bytes=track.bytes,
        average_kbps=math.ceil(track.average_bps / 1000),
        playlist=media_url(track),
        codec=track.codec,
    )


def with_file(sound: Audio | None, out_dir: Path) -> Audio | None:
    if sound is None:
        return None
    size = (out_dir / SOUND_FILE).stat().st_size
    return replace(sound, file=SOUND_FILE, file_bytes=size)


def download(out_dir: Path) -> Download:
    return Download(DOWNLOAD, (out_dir / DOWNLOAD).stat().st_size)
