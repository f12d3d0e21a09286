"""Files that must be refused, and the reason for each."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from PIL import Image

from tests import forged, pointing
from tests.damage import Damage, cut, noise_behind, rubbish_inside, spoilt_pictures
from tests.filming import AAC, H264, Maker, encoded, ffmpeg, moving, sine


def _text(content: str) -> Maker:
    return lambda path: void(path.write_text(content, encoding="utf-8"))


def _bytes(content: bytes) -> Maker:
    return lambda path: void(path.write_bytes(content))


def void(_result: object) -> None:
    """For makers that are one call."""


def _picture(kind: str) -> Maker:
    return lambda path: Image.new("RGB", (320, 240), "navy").save(path, format=kind)


def _animation(kind: str) -> Maker:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green")]
    more = {"save_all": True, "append_images": frames[1:]}
    return lambda path: frames[0].save(path, format=kind, **more)


def _moving_photo(path: Path) -> None:
    """As phones write it: a picture, with a short clip behind."""
    clip = path.with_name("clip.mp4")
    encoded()(clip)
    _picture("JPEG")(path)
    with path.open("ab") as file:
        file.write(clip.read_bytes())


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


def _words_only(path: Path) -> None:
    words = path.with_name("words.srt")
    words.write_text("1\n00:00:00,000 --> 00:00:01,500\nXin chào\n", encoding="utf-8")
    ffmpeg("-i", words, "-c:s", "srt", path)


def _sound(*options: str) -> Maker:
    return lambda path: ffmpeg(*sine(2), *options, path)


def _fifty_streams(path: Path) -> None:
    maps = [part for _ in range(49) for part in ("-map", "1")]
    ffmpeg(
        *(*moving("320x240", 1), *sine(1), "-map", "0", *maps),
        *(*H264, "-c:a", "aac", path),
    )


def _fifty_pictures(path: Path) -> None:
    maps = [part for _ in range(50) for part in ("-map", "0")]
    ffmpeg(*moving("64x64", 1), *maps, *H264, path)


def _dense(path: Path) -> None:
    """Twenty thousand pictures a second."""
    ffmpeg(*("-f", "lavfi", "-i", "color=s=32x32:r=20000:d=1.5"), *H264, path)


def _jumping(path: Path) -> None:
    """Two recordings in a row, between which lie fourteen hours."""
    parts = []
    for offset in ("0", "50000"):
        part = path.with_name(f"part-{offset}.ts")
        encoded(options=(*H264, *AAC, "-output_ts_offset", offset))(part)
        parts.append(part.read_bytes())
    path.write_bytes(b"".join(parts))


def _declares_200_hours(path: Path) -> None:
    """Two pictures, 200 hours apart: a legal file of a few kilobytes."""
    ffmpeg(
        *(*moving("320x240", 0.08), "-vf", "setpts=N*720000/TB"),
        *("-fps_mode", "passthrough", "-video_track_timescale", "1000", *H264, path),
    )


def _still(size: str, *options: str) -> Maker:
    """A picture a second for two of them."""
    source = ("-f", "lavfi", "-i", f"color=s={size}:r=1:d=2")
    jpeg = ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "31")
    return lambda path: ffmpeg(*source, *jpeg, *options, path)


def _over(with_: Callable[[int], bytes]) -> Damage:
    return forged.overwritten(0.6, with_)


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def _pages(size: int) -> bytes:
    return (b"<html><p>Xin</p></html>" * size)[:size]


LARGER = encoded("640x360", 4)
_DISC = encoded(options=("-c:v", "mpeg2video", "-c:a", "mp2"))
_FAST_START = encoded("640x360", 4, options=(*H264, *AAC, "-movflags", "+faststart"))

_PAGE = "<!doctype html><title>x</title>" + "<p>a</p>" * 99
_LONG = "a/very/long/name.txt" * 99

_OTHER_THINGS: dict[str, tuple[str, str, Maker]] = {
    "noise": ("noise", ".mp4", _bytes(random.Random(7).randbytes(300_000))),
    "page": ("page", ".mp4", _text(_PAGE)),
    "archive": ("zip", ".mp4", _bytes(b"PK\x03\x04" + bytes(2000))),
    "document": ("doc", ".mp4", _bytes(b"%PDF-1.7\n" + bytes(2000) + b"%%EOF")),
    "program": ("setup", ".mp4", _bytes(b"MZ" + bytes(4000))),
    "zeros": ("zeros", ".mp4", _bytes(bytes(300_000))),
    "one line": ("list", ".mp4", _text(_LONG)),
    "png": ("picture", ".mp4", _picture("PNG")),
    "jpeg": ("picture", ".mp4", _picture("JPEG")),
    "webp": ("picture", ".webm", _picture("WEBP")),
    "gif": ("animation", ".mp4", _animation("GIF")),
    "moving webp": ("animation", ".webm", _animation("WEBP")),
    "avif": ("picture", ".mp4", _picture("AVIF")),
    "moving photo": ("photo", ".mp4", _moving_photo),
}
_NO_PICTURE: dict[str, tuple[str, str, Maker]] = {
    "sound only": ("sound", ".m4a", _sound(*AAC)),
    "sound in a film's container": ("sound", ".mkv", _sound(*AAC)),
    "mp3": ("sound", ".mp4", _sound("-f", "mp3")),
    "wav": ("sound", ".avi", _sound("-f", "wav")),
    "flac": ("sound", ".mp4", _sound("-f", "flac")),
    "wma": ("sound", ".wmv", _sound("-c:a", "wmav2", "-f", "asf")),
    "opus": ("sound", ".webm", _sound("-c:a", "libopus")),
    "words only": ("words", ".mkv", _words_only),
    "cover": ("song", ".m4a", _with_cover),
    "mp3 with cover": ("song", ".mp3", _with_cover),
}
_CUT: dict[str, tuple[str, str, Maker]] = {
    "no index": ("cut", ".mp4", damaged(cut(0.6), LARGER)),
    "no media": ("cut", ".mp4", damaged(cut(0.6), _FAST_START)),
    "cut mkv": ("cut", ".mkv", damaged(cut(0.5), LARGER)),
    "cut avi": ("cut", ".avi", damaged(cut(0.5), LARGER)),
    "cut flv": ("cut", ".flv", damaged(cut(0.5), LARGER)),
    "cut wmv": (
        "cut",
        ".wmv",
        damaged(cut(0.5), encoded(options=("-c:v", "wmv2", "-c:a", "wmav2"))),
    ),
}
_SPOILT: dict[str, tuple[str, str, Maker]] = {
    "rubbish inside": ("rubbish", ".mp4", damaged(rubbish_inside, LARGER)),
    "spoilt tail": (
        "tv",
        ".ts",
        damaged(spoilt_pictures(0.6, 1), encoded("854x480", 26, fps=24)),
    ),
    "short spoilt tail": ("tv", ".ts", damaged(spoilt_pictures(0.6, 1), LARGER)),
    "noise behind": ("late", ".mp4", damaged(noise_behind(0.6), LARGER)),
    "noise behind tv": ("tv", ".ts", damaged(_over(_noise), LARGER)),
    "noise in tv": (
        "tv",
        ".ts",
        damaged(forged.overwritten(0.4, _noise, 0.6), LARGER),
    ),
    "zeros behind tv": ("tv", ".ts", damaged(_over(bytes), LARGER)),
    "page behind tv": ("tv", ".ts", damaged(_over(_pages), LARGER)),
    "zeros behind a disc": ("disc", ".mpg", damaged(_over(bytes), _DISC)),
    "scrambled tv": ("tv", ".ts", damaged(forged.scrambled(is_told=False), LARGER)),
    "encrypted tv": ("tv", ".ts", damaged(forged.scrambled(is_told=True), LARGER)),
    "jumping tv": ("tv", ".ts", _jumping),
}
_BOMBS: dict[str, tuple[str, str, Maker]] = {
    "fifty streams": ("many", ".mp4", _fifty_streams),
    "fifty pictures": ("many", ".mkv", _fifty_pictures),
    "200 hours": ("forever", ".mp4", _declares_200_hours),
    "dense": ("dense", ".mp4", _dense),
    "endless index": ("index", ".mp4", damaged(forged.endless_index, encoded())),
    "packed index": ("index", ".mov", damaged(forged.packed_index, encoded())),
    "looping": ("loop", ".mp4", damaged(forged.looping, encoded())),
    "huge picture": ("huge", ".avi", _still("9000x9000")),
    "wide picture": ("wide", ".avi", _still("16384x64")),
    "stretched picture": ("wide", ".mkv", _still("640x360", "-aspect", "1000:1")),
    "speck": ("speck", ".avi", _still("8x8")),
    "blink": ("blink", ".mp4", encoded(duration_s=0.2)),
    "one picture": ("one", ".avi", _still("320x240", "-frames:v", "1", "-r", "25")),
}


def _with_an_archive(path: Path) -> None:
    encoded()(path)
    with ZipFile(path, "a") as archive:
        archive.writestr("page.html", _PAGE)


# Also something else, or less than there once was: what is a video of it may be used.
HARMLESS: dict[str, tuple[str, str, Maker]] = {
    "archive behind": ("both", ".mp4", _with_an_archive),
    "page in front": ("both", ".mp4", damaged(forged.page_in_front, encoded())),
    "cut tv": ("cut", ".ts", damaged(cut(0.6), LARGER)),
}
HOSTILE: dict[str, tuple[str, str, Maker]] = {
    "empty": ("empty", ".mp4", _bytes(b"")),
    **pointing.table(pointing.REFUSED),
    **_OTHER_THINGS,
    **_NO_PICTURE,
    **_CUT,
    **_SPOILT,
    **_BOMBS,
}
# Only decoding shows that these are rubbish inside; the probe refuses all others.
DECODED_ONLY = {"rubbish inside", "spoilt tail", "short spoilt tail", "noise behind"}

VERDICTS = {
    "empty": "empty",
    **pointing.VERDICTS,
    **dict.fromkeys(_OTHER_THINGS, "not_a_video"),
    **dict.fromkeys(_NO_PICTURE, "no_video"),
    **dict.fromkeys(_CUT, "damaged"),
    **dict.fromkeys(_SPOILT, "damaged"),
    "fifty streams": "too_many_streams",
    "fifty pictures": "too_many_streams",
    "200 hours": "too_long",
    "dense": "damaged",
    "endless index": "damaged",
    "packed index": "damaged",
    "looping": "damaged",
    "huge picture": "bad_dimensions",
    "wide picture": "bad_dimensions",
    "stretched picture": "bad_dimensions",
    "speck": "bad_dimensions",
    "blink": "too_short",
    "one picture": "too_short",
}
