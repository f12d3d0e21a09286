"""What the probe found out about a file, as plain values that the other rooms read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

Content = Literal["still", "camera"]
Light = Literal["sdr", "pq", "hlg"]
Colours = Literal["bt709", "smpte170m"]  # high and standard definition


@dataclass(frozen=True)
class Sound:
    """The one sound track that is used."""

    index: int  # among all streams of the file
    codec: str
    channels: int
    is_stereo: bool = False  # its two sides really differ
    loudness_lufs: float | None = None  # None: silent, or not measured


@dataclass(frozen=True)
class Source:
    """A video that was found good. Sizes are as displayed: upright, square pixels."""

    path: Path
    width: int
    height: int
    duration_ms: int  # from the first picture or sound to the end of the last
    video_ms: int  # where the last picture ends
    fps: Fraction
    video_index: int  # among all streams of the file
    video_codec: str
    rotation: int = 0  # degrees clockwise that a player turns the stored picture
    is_vfr: bool = False
    is_interlaced: bool = False
    light: Light = "sdr"  # how brightness is written: as ever, or with room above
    colours: Colours = "bt709"  # of what is made of it
    must_convert: bool = False  # its own are neither of them
    is_noisy: bool = False
    is_plain: bool = False  # H.264 that every player takes as it is
    video_kbps: int = 0  # of the pictures alone
    content: Content = "camera"
    sound: Sound | None = None
    keyframes_ms: tuple[int, ...] = ()  # of the source, as far as known

    @property
    def is_hdr(self) -> bool:
        return self.light != "sdr"

    @property
    def duration_s(self) -> float:
        return self.duration_ms / 1000

    def as_json(self) -> dict[str, object]:
        return {
            "width": self.width,
            "height": self.height,
            "duration_s": self.duration_s,
            "fps": round(float(self.fps), 3),
            "video_codec": self.video_codec,
            "audio_codec": self.sound.codec if self.sound else None,
            "rotation": self.rotation,
        }
