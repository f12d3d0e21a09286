"""What each honest clip must come to on top, besides all that is the same for every clip."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """Of the largest rung; the colours as the stream names them, None where a copy has
    them unnamed as its source."""

    size: str = "320x240"
    fps: float = 25
    channels: int | None = 1
    colours: str | None = "smpte170m"


_PLAIN = Shown()

SHOWN: dict[str, Shown] = {
    "slides": Shown("640x360", 12.5),
    "slides 720": Shown("1280x720", colours="bt470bg"),
    "slides 1080": Shown("1920x1080", colours="bt470bg"),
    "long slides": Shown("1280x720", colours="bt470bg"),
    "camera": Shown("640x360"),
    "noisy camera": Shown("640x360"),
    "long camera": Shown("854x480", 12),
    "ntsc camera": Shown("854x480", 29.97),
    "plain slides": Shown("1280x720", 30, colours="bt470bg"),
    "plain camera": Shown("854x480", 30, colours=None),
    "plain with notes": Shown("854x480", 30, colours=None),
    "open groups": Shown("640x360", 30),
    "rare key frames": Shown("640x360", 30),
    "fat": Shown("640x360", 30),
    "cut by its owner": Shown("640x360", 30),
    "portrait": Shown("360x640"),
    "portrait the other way": Shown("360x640"),
    "upside down": Shown("640x360"),
    "silent": Shown(channels=None),
    "stereo": Shown(channels=2),
    "surround": Shown(channels=2),
    "odd 444": Shown("636x360"),
    "rgb": Shown(colours="bt709"),
    "vfr": Shown(fps=16.667, channels=None),
    "anamorphic": Shown("1024x576"),
    "interlaced": Shown("720x576"),
    "interlaced mp4": Shown("720x576"),
    "hdr": Shown(colours="bt709"),
    "hlg": Shown(colours="bt709"),
    "60 fps": Shown(fps=30),
    "3gp": Shown("176x144"),
    "scratched": Shown("640x360"),
    "tiny": Shown("34x22"),
    "cut tv": Shown("640x360"),
    "a playlist as caption file": Shown(channels=None),
} | dict.fromkeys(
    (
        *("long and small", "mono 8k", "many tracks", "late picture", "hevc"),
        *("ten bits", "full range", "with a place", "with a place in a mov"),
        *("with a place in an mkv", "with a place in a 3gp", "wmv", "avi", "flv"),
        *("mpg", "ts", "mkv", "webm", "wrong extension", "percent and dash"),
        *("html behind", "archive behind", "page in front", "media at an address"),
        *("a next part", "attachments", "a playlist as subtitle"),
    ),
    _PLAIN,
)
