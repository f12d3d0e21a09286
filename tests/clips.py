"""Tiny real clips, honest and hostile, made by the ffmpeg at hand when first asked for."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image

from media_pipeline import binaries
from tests.damage import Damage, cut, noise_behind, rubbish_inside, spoilt_pictures

Maker = Callable[[Path], None]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="thu-vien-mo-clips-")


def clip(name: str) -> Path:
    """The clip of that name (a key of HONEST or HOSTILE); made once per session."""
    kind, suffix, make = (HONEST | HOSTILE)[name]
    folder = Path(_folder().name) / name
    path = folder / f"{kind}{suffix}"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        make(path)
    return path


def ffmpeg(*arguments: object) -> None:
    """Run the ffmpeg at hand; the test fails with its last words."""
    argv = [
        binaries.find().ffmpeg,
        "-nostdin",
        "-v",
        "error",
        "-y",
        *map(str, arguments),
    ]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


# --- recipes ------------------------------------------------------------------

_H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
_AAC = ("-c:a", "aac", "-b:a", "64k")


def _sine(duration_s: float, *, rate: int = 44100, volume: float = 0.5) -> list[str]:
    source = f"sine=f=440:r={rate}:d={duration_s},volume={volume}"
    return ["-f", "lavfi", "-i", source]


def _moving(size: str, duration_s: float, fps: float = 25) -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={duration_s}"]


def _encoded(
    size: str = "320x240",
    duration_s: float = 2,
    *,
    options: tuple[str, ...] = (*_H264, *_AAC),
    fps: float = 25,
    sound: bool = True,
) -> Maker:
    """A moving test picture, with a tone unless `sound` is false."""

    def make(path: Path) -> None:
        tone = _sine(duration_s) if sound else []
        ffmpeg(*_moving(size, duration_s, fps), *tone, *options, path)

    return make


def _slides(size: str, each_s: float, count: int = 3) -> Maker:
    """Pictures that stand still, one after another, under a tone on both sides."""

    def make(path: Path) -> None:
        kinds = ("smptebars", "rgbtestsrc", "pal75bars", "yuvtestsrc", "colorchart")
        inputs: list[str] = []
        for number in range(count):
            kind = kinds[number % len(kinds)]
            sized = "" if kind == "colorchart" else f"s={size}:"
            inputs += ["-f", "lavfi", "-i", f"{kind}={sized}r=25:d={each_s}"]
        scaled = "".join(
            f"[{n}:v]scale={size.replace('x', ':')},setsar=1,format=yuv420p[v{n}];"
            for n in range(count)
        )
        joined = "".join(f"[v{n}]" for n in range(count))
        graph = f"{scaled}{joined}concat=n={count}[v]"
        total_s = each_s * count
        ffmpeg(
            *inputs,
            *_sine(total_s),
            *("-filter_complex", graph, "-map", "[v]", "-map", f"{count}:a"),
            *(*_H264, *_AAC, "-ac", "2", "-g", "50", path),
        )

    return make


def _portrait(path: Path) -> None:
    """As phones write it: stored lying, with a flag that says how to turn it."""
    lying = path.with_name("lying.mp4")
    _encoded("640x360")(lying)
    ffmpeg("-display_rotation", "-90", "-i", lying, "-c", "copy", path)


def _vfr(path: Path) -> None:
    ffmpeg(
        *_moving("320x240", 3, 30),
        *("-vf", "select='not(mod(n,3))+gt(n,60)'", "-fps_mode", "vfr", *_H264, path),
    )


def _stereo(path: Path) -> None:
    ffmpeg(
        *_moving("320x240", 2),
        *("-f", "lavfi", "-i", "aevalsrc='0.5*sin(2000*t)|0.5*sin(3111*t)':d=2"),
        *(*_H264, *_AAC, path),
    )


def _many_tracks(path: Path) -> None:
    words = path.with_name("words.srt")
    words.write_text("1\n00:00:00,000 --> 00:00:01,500\nXin chào\n", encoding="utf-8")
    ffmpeg(
        *(*_moving("320x240", 2), *_sine(2), *_sine(2), "-i", words),
        *("-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "3"),
        *(*_H264, *_AAC, "-c:s", "mov_text", path),
    )


def _late_picture(path: Path) -> None:
    """Sound from 0 to 3 s, pictures from 1 to 2 s only."""
    ffmpeg(
        *("-itsoffset", "1", *_moving("320x240", 1), *_sine(3), *_H264, *_AAC, path),
    )


def _with_place(path: Path) -> None:
    """Place, phone and owner as phones write them, for the whole and for each track."""
    tags = (
        *("-metadata", "location=+21.0285+105.8542/"),
        *("-metadata", "com.apple.quicktime.location.ISO6709=+21.0285+105.8542/"),
        *("-metadata", "com.apple.quicktime.model=Dien Thoai"),
        *("-metadata", "title=Co Lan", "-metadata", "comment=+21.0285+105.8542/"),
        *("-metadata", "creation_time=2026-02-03T04:05:06Z"),
        *("-metadata:s", "handler_name=Co Lan", "-metadata:s", "title=Dien Thoai"),
        *("-movflags", "use_metadata_tags"),
    )
    ffmpeg(*_moving("320x240", 2), *_sine(2), *_H264, *_AAC, *tags, path)


def _html_behind(path: Path) -> None:
    _encoded()(path)
    with path.open("ab") as file:
        file.write(b"<html><script>alert(1)</script></html>" * 50)


def _text(content: str) -> Maker:
    return lambda path: void(path.write_text(content, encoding="utf-8"))


def _bytes(content: bytes) -> Maker:
    return lambda path: void(path.write_bytes(content))


def void(_result: object) -> None:
    """For makers that are one call."""


def _playlist(path: Path) -> None:
    neighbour = path.with_name("neighbour.ts")
    _encoded()(neighbour)
    path.write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nneighbour.ts\n#EXT-X-ENDLIST\n"
    )


def _concat(path: Path) -> None:
    _encoded()(path.with_name("neighbour.mp4"))
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
        *(*_sine(2), "-i", cover, "-map", "0", "-map", "1"),
        *("-c:v", "copy", "-disposition:v", "attached_pic", path),
    )


def _damaged(damage: Damage, make: Maker) -> Maker:
    def make_damaged(path: Path) -> None:
        make(path)
        path.write_bytes(damage(path.read_bytes()))

    return make_damaged


def _fifty_streams(path: Path) -> None:
    maps = [part for _ in range(49) for part in ("-map", "1")]
    ffmpeg(
        *(*_moving("320x240", 1), *_sine(1), "-map", "0", *maps),
        *(*_H264, "-c:a", "aac", path),
    )


def _declares_200_hours(path: Path) -> None:
    """Two pictures, 200 hours apart: a legal file of a few kilobytes."""
    ffmpeg(
        *(*_moving("320x240", 0.08), "-vf", "setpts=N*720000/TB"),
        *("-fps_mode", "passthrough", "-video_track_timescale", "1000", *_H264, path),
    )


def _huge_picture(path: Path) -> None:
    ffmpeg(
        *("-f", "lavfi", "-i", "color=s=9000x9000:r=1:d=2"),
        *("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "31", path),
    )


_ODD = ("-vf", "format=yuv444p,scale=641:363,setsar=1", "-c:v", "libx264", *_AAC)
_WMV = ("-c:v", "wmv2", "-c:a", "wmav2")
_AVI = ("-c:v", "mpeg4", "-c:a", "libmp3lame")
_FLV = ("-c:v", "flv1", "-c:a", "libmp3lame", "-ar", "44100")
_MPG = ("-c:v", "mpeg2video", "-c:a", "mp2")
_WEBM = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
_HDR = (
    *("-vf", "format=yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast"),
    *("-x265-params", "log-level=none:colorprim=9:transfer=16:colormatrix=9"),
    *("-color_primaries", "bt2020", "-color_trc", "smpte2084"),
    *("-colorspace", "bt2020nc", "-tag:v", "hvc1", *_AAC),
)

_LARGER = _encoded("640x360", 4)
_FAST_START = _encoded("640x360", 4, options=(*_H264, *_AAC, "-movflags", "+faststart"))

# name: (file name, suffix, maker)
HONEST: dict[str, tuple[str, str, Maker]] = {
    "slides": ("bài giảng", ".mp4", _slides("640x360", 2)),
    "slides 720": ("slides", ".mp4", _slides("1280x720", 4)),
    "slides 1080": ("slides", ".mp4", _slides("1920x1080", 4)),
    "long slides": ("slides", ".mp4", _slides("1280x720", 5.3, 5)),
    "camera": ("camera", ".mp4", _encoded("640x360")),
    "noisy camera": (
        "noisy",
        ".mp4",
        _encoded(
            "640x360",
            options=(*_H264, *_AAC, "-crf", "10", "-vf", "noise=alls=14:allf=t"),
        ),
    ),
    "long camera": ("camera", ".mp4", _encoded("854x480", 26, fps=24)),
    "long and small": ("camera", ".mp4", _encoded("320x240", 21)),
    "portrait": ("portrait", ".mp4", _portrait),
    "silent": ("silent", ".mp4", _encoded(sound=False)),
    "mono 8k": (
        "mono",
        ".mov",
        _encoded(options=(*_H264, "-c:a", "pcm_s16le", "-ar", "8000", "-ac", "1")),
    ),
    "stereo": ("stereo", ".mp4", _stereo),
    "surround": ("surround", ".mp4", _encoded(options=(*_H264, *_AAC, "-ac", "6"))),
    "odd 444": ("odd", ".mkv", _encoded(options=_ODD)),
    "rgb": ("screen", ".mkv", _encoded(options=("-c:v", "libx264rgb", *_AAC))),
    "vfr": ("vfr", ".mp4", _vfr),
    "anamorphic": (
        "anamorphic",
        ".mp4",
        _encoded("720x576", options=(*_H264, *_AAC, "-vf", "setsar=64/45")),
    ),
    "interlaced": (
        "interlaced",
        ".mpg",
        _encoded(
            "720x576",
            options=(*_MPG, "-vf", "setfield=tff", "-flags", "+ildct+ilme"),
        ),
    ),
    "hdr": ("hdr", ".mov", _encoded(options=_HDR)),
    "60 fps": ("fast", ".mp4", _encoded(fps=60)),
    "many tracks": ("tracks", ".mp4", _many_tracks),
    "late picture": ("late", ".mp4", _late_picture),
    "with a place": ("place", ".mp4", _with_place),
    "with a place in a mov": ("place", ".mov", _with_place),
    "3gp": ("old", ".3gp", _encoded("176x144", options=("-c:v", "mpeg4", *_AAC))),
    "wmv": ("old", ".wmv", _encoded(options=_WMV)),
    "avi": ("old", ".avi", _encoded(options=_AVI)),
    "flv": ("old", ".flv", _encoded(options=_FLV)),
    "mpg": ("old", ".mpg", _encoded(options=_MPG)),
    "ts": ("tv", ".ts", _encoded()),
    "mkv": ("film", ".mkv", _encoded()),
    "webm": ("web", ".webm", _encoded(options=_WEBM)),
    "wrong extension": ("film", ".txt", _encoded(options=(*_H264, *_AAC, "-f", "mp4"))),
    "percent and dash": ("-i %v %05d", ".mp4", _encoded()),
    "scratched": ("tv", ".ts", _damaged(spoilt_pictures(0.4, 0.43), _LARGER)),
    "html behind": ("tail", ".mp4", _html_behind),
    "tiny": ("tiny", ".mp4", _encoded("34x22", 1)),
}

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
    "sound only": ("sound", ".m4a", lambda path: ffmpeg(*_sine(2), *_AAC, path)),
    "mp3": ("sound", ".mp4", lambda path: ffmpeg(*_sine(2), "-f", "mp3", path)),
    "cover": ("song", ".m4a", _with_cover),
    "mp3 with cover": ("song", ".mp3", _with_cover),
    "no index": ("cut", ".mp4", _damaged(cut(0.6), _LARGER)),
    "no media": ("cut", ".mp4", _damaged(cut(0.6), _FAST_START)),
    "cut mkv": ("cut", ".mkv", _damaged(cut(0.5), _LARGER)),
    "cut avi": ("cut", ".avi", _damaged(cut(0.5), _LARGER)),
    "rubbish inside": ("rubbish", ".mp4", _damaged(rubbish_inside, _LARGER)),
    "spoilt tail": (
        "tv",
        ".ts",
        _damaged(spoilt_pictures(0.6, 1), _encoded("854x480", 26, fps=24)),
    ),
    "short spoilt tail": ("tv", ".ts", _damaged(spoilt_pictures(0.6, 1), _LARGER)),
    "noise behind": ("late", ".mp4", _damaged(noise_behind(0.6), _LARGER)),
    "fifty streams": ("many", ".mp4", _fifty_streams),
    "200 hours": ("forever", ".mp4", _declares_200_hours),
    "huge picture": ("huge", ".avi", _huge_picture),
    "blink": ("blink", ".mp4", _encoded(duration_s=0.2)),
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
