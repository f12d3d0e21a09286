"""What a finished package is, told as the manifest that people and programs read."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field

from media_pipeline.ladder import Rung
from media_pipeline.playlists import media_url
from media_pipeline.source import Content
from media_pipeline.tracks import Track


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


@dataclass(frozen=True)
class Audio:
    bytes: int
    average_kbps: int
    playlist: str


@dataclass(frozen=True)
class Download:
    file: str
    bytes: int


@dataclass(frozen=True)
class Seconds:
    wall: float
    cpu: float  # user + system of all children


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
    )


def audio(track: Track) -> Audio:
    return Audio(track.bytes, math.ceil(track.average_bps / 1000), media_url(track))
