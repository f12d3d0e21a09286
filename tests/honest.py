"""Clips that must become whole packages, however odd they are."""

from __future__ import annotations

from pathlib import Path

from tests.damage import spoilt_pictures
from tests.filming import AAC, H264, Maker, encoded, ffmpeg, moving, sine, slides
from tests.hostile import LARGER, damaged


def _turned(degrees: int) -> Maker:
    """As phones write it: stored lying, with a flag that says how to turn it."""

    def make(path: Path) -> None:
        lying = path.with_name("lying.mp4")
        encoded("640x360")(lying)
        turn = ("-display_rotation", str(-degrees))
        ffmpeg(*turn, "-i", lying, "-c", "copy", path)

    return make


def _vfr(path: Path) -> None:
    ffmpeg(
        *moving("320x240", 3, 30),
        *("-vf", "select='not(mod(n,3))+gt(n,60)'", "-fps_mode", "vfr", *H264, path),
    )


def _trimmed(path: Path) -> None:
    """A phone does not encode anew when its owner cuts the start off: it hides it."""
    whole = path.with_name("whole.mp4")
    encoded("640x360", 6, fps=30, options=PLAIN)(whole)
    ffmpeg("-ss", "1", "-i", whole, "-c", "copy", path)


def _stereo(path: Path) -> None:
    ffmpeg(
        *moving("320x240", 2),
        *("-f", "lavfi", "-i", "aevalsrc='0.5*sin(2000*t)|0.5*sin(3111*t)':d=2"),
        *(*H264, *AAC, path),
    )


def _many_tracks(path: Path) -> None:
    words = path.with_name("words.srt")
    words.write_text("1\n00:00:00,000 --> 00:00:01,500\nXin chào\n", encoding="utf-8")
    ffmpeg(
        *(*moving("320x240", 2), *sine(2), *sine(2), "-i", words),
        *("-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "3"),
        *(*H264, *AAC, "-c:s", "mov_text", path),
    )


def _late_picture(path: Path) -> None:
    """Sound from 0 to 3 s, pictures from 1 to 2 s only."""
    ffmpeg(
        *("-itsoffset", "1", *moving("320x240", 1), *sine(3), *H264, *AAC, path),
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
    tracks = () if path.suffix == ".3gp" else ("-timecode", "01:02:03:04")
    ffmpeg(*moving("320x240", 2), *sine(2), *H264, *AAC, *tags, *tracks, path)


def _html_behind(path: Path) -> None:
    encoded()(path)
    with path.open("ab") as file:
        file.write(b"<html><script>alert(1)</script></html>" * 50)


_FIELDS = ("-flags", "+ildct+ilme")
_ODD = ("-vf", "format=yuv444p,scale=641:363,setsar=1", "-c:v", "libx264", *AAC)
_WMV = ("-c:v", "wmv2", "-c:a", "wmav2")
_AVI = ("-c:v", "mpeg4", "-c:a", "libmp3lame")
_FLV = ("-c:v", "flv1", "-c:a", "libmp3lame", "-ar", "44100")
_TEN_BITS = ("-pix_fmt", "yuv420p10le")
_FULL_RANGE = ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le")
_MPG = ("-c:v", "mpeg2video", "-c:a", "mp2")
_WEBM = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
_HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", *AAC)


def _hdr(number: int, name: str) -> tuple[str, ...]:
    """Of ten bits, in the colours of tomorrow."""
    colours = f"colorprim=9:transfer={number}:colormatrix=9"
    return (
        *("-vf", "format=yuv420p10le", *_HEVC),
        *("-x265-params", f"log-level=none:{colours}", "-color_trc", name),
        *("-color_primaries", "bt2020", "-colorspace", "bt2020nc"),
    )


# As recorders write it: a key frame every two seconds, pictures out of order.
PLAIN = (
    *("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "900k"),
    *("-g", "60", "-profile:v", "main", *AAC),
)
SLIM = (*PLAIN, "-b:v", "500k")
# Drones and dashboard cameras write the place beside each picture.
_NOTE = "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+at 21.0285"

# name: (file name, suffix, maker)
LONG_S = 22  # so that it is made in two phases

HONEST: dict[str, tuple[str, str, Maker]] = {
    "slides": ("bài giảng", ".mp4", slides("640x360", 2)),
    "slides 720": ("slides", ".mp4", slides("1280x720", 4)),
    "slides 1080": ("slides", ".mp4", slides("1920x1080", 4)),
    "long slides": ("slides", ".mp4", slides("1280x720", 5.3, 5)),
    "camera": ("camera", ".mp4", encoded("640x360")),
    "noisy camera": (
        "noisy",
        ".mp4",
        encoded(
            "640x360",
            options=(*H264, *AAC, "-crf", "10", "-vf", "noise=alls=14:allf=t"),
        ),
    ),
    "long camera": ("camera", ".mp4", encoded("854x480", LONG_S, fps=12)),
    "ntsc camera": (
        "camera",
        ".mp4",
        encoded("854x480", 14.2, fps="30000/1001", options=(*H264, *AAC, "-g", "500")),
    ),
    "plain slides": ("obs", ".mp4", slides("1280x720", 5.7, 4, fps=30, gop=60)),
    "plain camera": ("obs", ".mp4", encoded("854x480", 21, options=PLAIN, fps=30)),
    "plain with notes": (
        "drone",
        ".mp4",
        encoded("854x480", 3, fps=30, options=(*PLAIN, "-bsf:v", _NOTE)),
    ),
    "open groups": (
        "camera",
        ".mp4",
        encoded("640x360", 9, fps=30, options=(*SLIM, "-x264-params", "open-gop=1")),
    ),
    "rare key frames": (
        "camera",
        ".mp4",
        encoded("640x360", 12, fps=30, options=(*SLIM, "-g", "330")),
    ),
    "fat": (
        "camera",
        ".mp4",
        encoded("640x360", 3, fps=30, options=(*PLAIN, "-b:v", "4M", "-crf", "3")),
    ),
    "cut by its owner": ("trimmed", ".mp4", _trimmed),
    "long and small": ("camera", ".mp4", encoded("320x240", 21)),
    "portrait": ("portrait", ".mp4", _turned(90)),
    "portrait the other way": ("portrait", ".mov", _turned(270)),
    "upside down": ("phone", ".mp4", _turned(180)),
    "silent": ("silent", ".mp4", encoded(sound=False)),
    "mono 8k": (
        "mono",
        ".mov",
        encoded(options=(*H264, "-c:a", "pcm_s16le", "-ar", "8000", "-ac", "1")),
    ),
    "stereo": ("stereo", ".mp4", _stereo),
    "surround": ("surround", ".mp4", encoded(options=(*H264, *AAC, "-ac", "6"))),
    "odd 444": ("odd", ".mkv", encoded(options=_ODD)),
    "rgb": ("screen", ".mkv", encoded(options=("-c:v", "libx264rgb", *AAC))),
    "vfr": ("vfr", ".mp4", _vfr),
    "anamorphic": (
        "anamorphic",
        ".mp4",
        encoded("720x576", options=(*H264, *AAC, "-vf", "setsar=64/45")),
    ),
    "interlaced": (
        "interlaced",
        ".mpg",
        encoded(
            "720x576",
            options=(*_MPG, "-vf", "setfield=tff", "-flags", "+ildct+ilme"),
        ),
    ),
    "hdr": ("hdr", ".mov", encoded(options=_hdr(16, "smpte2084"))),
    "hlg": ("hdr", ".mov", encoded(options=_hdr(18, "arib-std-b67"))),
    "hevc": (
        "phone",
        ".mov",
        encoded(options=(*_HEVC, "-x265-params", "log-level=none")),
    ),
    "ten bits": ("ten", ".mp4", encoded(options=(*H264, *AAC, *_TEN_BITS))),
    "full range": ("webcam", ".avi", encoded(options=_FULL_RANGE)),
    "interlaced mp4": (
        "camcorder",
        ".mp4",
        encoded("720x576", options=(*H264, *AAC, "-vf", "setfield=tff", *_FIELDS)),
    ),
    "60 fps": ("fast", ".mp4", encoded(fps=60)),
    "many tracks": ("tracks", ".mp4", _many_tracks),
    "late picture": ("late", ".mp4", _late_picture),
    "with a place": ("place", ".mp4", _with_place),
    "with a place in a mov": ("place", ".mov", _with_place),
    "with a place in an mkv": ("place", ".mkv", _with_place),
    "with a place in a 3gp": ("place", ".3gp", _with_place),
    "3gp": ("old", ".3gp", encoded("176x144", options=("-c:v", "mpeg4", *AAC))),
    "wmv": ("old", ".wmv", encoded(options=_WMV)),
    "avi": ("old", ".avi", encoded(options=_AVI)),
    "flv": ("old", ".flv", encoded(options=_FLV)),
    "mpg": ("old", ".mpg", encoded(options=_MPG)),
    "ts": ("tv", ".ts", encoded()),
    "mkv": ("film", ".mkv", encoded()),
    "webm": ("web", ".webm", encoded(options=_WEBM)),
    "wrong extension": ("film", ".txt", encoded(options=(*H264, *AAC, "-f", "mp4"))),
    "percent and dash": ("-i %v %05d", ".mp4", encoded()),
    "scratched": ("tv", ".ts", damaged(spoilt_pictures(0.4, 0.43), LARGER)),
    "html behind": ("tail", ".mp4", _html_behind),
    "tiny": ("tiny", ".mp4", encoded("34x22", 1)),
}
