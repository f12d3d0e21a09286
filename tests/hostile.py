"""Files that must be refused, and the reason for each."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

from tests.damage import Damage, cut, noise_behind, rubbish_inside, spoilt_pictures
from tests.filming import AAC, H264, Maker, encoded, ffmpeg, moving, sine


def _text(content: str) -> Maker:
    return lambda path: void(path.write_text(content, encoding="utf-8"))


def _bytes(content: bytes) -> Maker:
    return lambda path: void(path.write_bytes(content))


def void(_result: object) -> None:
    """For makers that are one call."""


def _playlist(path: Path) -> None:
    neighbour = path.with_name("neighbour.ts")
    encoded()(neighbour)
    path.write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nneighbour.ts\n#EXT-X-ENDLIST\n"
    )


def _concat(path: Path) -> None:
    encoded()(path.with_name("neighbour.mp4"))
    path.write_text("ffconcat version 1.0\nfile neighbour.mp4\n")


def _picture(kind: str) -> Maker:
    return lambda path: Image.new("RGB", (320, 240), "navy").save(path, format=kind)


def _gif(path: Path) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green")]
    frames[0].save(path, format="GIF", save_all=True, append_images=frames[1:])


def _with_cover(path: Path) -> None:
    cover = path.with_name("cover.jpg")
    Image.effect_noise((320, 320), 80).save(cover)
    ffmpeg(
        *(*sine(2), "-i", cover, "-map", "0", "-map", "1"),
        *("-c:v", "copy", "-disposition:v", "attached_pic", path),
    )


def damaged(damage: Damage, make: Maker) -> Maker:
    def make_damaged(path: Path) -> None:
        make(path)
        path.write_bytes(damage(path.read_bytes()))

    return make_damaged


def _fifty_streams(path: Path) -> None:
    maps = [part for _ in range(49) for part in ("-map", "1")]
    ffmpeg(
        *(*moving("320x240", 1), *sine(1), "-map", "0", *maps),
        *(*H264, "-c:a", "aac", path),
    )


def _declares_200_hours(path: Path) -> None:
    """Two pictures, 200 hours apart: a legal file of a few kilobytes."""
    ffmpeg(
        *(*moving("320x240", 0.08), "-vf", "setpts=N*720000/TB"),
        *("-fps_mode", "passthrough", "-video_track_timescale", "1000", *H264, path),
    )


def _huge_picture(path: Path) -> None:
    ffmpeg(
        *("-f", "lavfi", "-i", "color=s=9000x9000:r=1:d=2"),
        *("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "31", path),
    )


LARGER = encoded("640x360", 4)
_FAST_START = encoded("640x360", 4, options=(*H264, *AAC, "-movflags", "+faststart"))

HOSTILE: dict[str, tuple[str, str, Maker]] = {
    "empty": ("empty", ".mp4", _bytes(b"")),
    "noise": ("noise", ".mp4", _bytes(random.Random(7).randbytes(300_000))),
    "page": (
        "page",
        ".mp4",
        _text("<!doctype html><title>x</title>" + "<p>a</p>" * 99),
    ),
    "archive": ("zip", ".mp4", _bytes(b"PK\x03\x04" + bytes(2000))),
    "png": ("picture", ".mp4", _picture("PNG")),
    "jpeg": ("picture", ".mp4", _picture("JPEG")),
    "gif": ("animation", ".mp4", _gif),
    "avif": ("picture", ".mp4", _picture("AVIF")),
    "playlist": ("list", ".mp4", _playlist),
    "remote playlist": (
        "list",
        ".m3u8",
        _text("#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"),
    ),
    "concat": ("script", ".mp4", _concat),
    "sdp": ("sdp", ".mp4", _text("v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n")),
    "sound only": ("sound", ".m4a", lambda path: ffmpeg(*sine(2), *AAC, path)),
    "mp3": ("sound", ".mp4", lambda path: ffmpeg(*sine(2), "-f", "mp3", path)),
    "cover": ("song", ".m4a", _with_cover),
    "mp3 with cover": ("song", ".mp3", _with_cover),
    "no index": ("cut", ".mp4", damaged(cut(0.6), LARGER)),
    "no media": ("cut", ".mp4", damaged(cut(0.6), _FAST_START)),
    "cut mkv": ("cut", ".mkv", damaged(cut(0.5), LARGER)),
    "cut avi": ("cut", ".avi", damaged(cut(0.5), LARGER)),
    "rubbish inside": ("rubbish", ".mp4", damaged(rubbish_inside, LARGER)),
    "spoilt tail": (
        "tv",
        ".ts",
        damaged(spoilt_pictures(0.6, 1), encoded("854x480", 22, fps=12)),
    ),
    "short spoilt tail": ("tv", ".ts", damaged(spoilt_pictures(0.6, 1), LARGER)),
    "noise behind": ("late", ".mp4", damaged(noise_behind(0.6), LARGER)),
    "fifty streams": ("many", ".mp4", _fifty_streams),
    "200 hours": ("forever", ".mp4", _declares_200_hours),
    "huge picture": ("huge", ".avi", _huge_picture),
    "blink": ("blink", ".mp4", encoded(duration_s=0.2)),
}

VERDICTS = {
    "empty": "empty",
    "sound only": "no_video",
    "mp3": "no_video",
    "cover": "no_video",
    "mp3 with cover": "no_video",
    "no index": "damaged",
    "no media": "damaged",
    "cut mkv": "damaged",
    "cut avi": "damaged",
    "rubbish inside": "damaged",
    "spoilt tail": "damaged",
    "short spoilt tail": "damaged",
    "noise behind": "damaged",
    "fifty streams": "too_many_streams",
    "200 hours": "too_long",
    "huge picture": "bad_dimensions",
    "blink": "too_short",
} | dict.fromkeys(
    (
        *("noise", "page", "archive", "png", "jpeg", "gif", "avif"),
        *("playlist", "remote playlist", "concat", "sdp"),
    ),
    "not_a_video",
)
