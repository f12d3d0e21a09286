"""How test clips are filmed: moving pictures, slides and tones, by the ffmpeg at hand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from media_pipeline import binaries

Maker = Callable[[Path], None]


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


H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-b:a", "64k")


def sine(duration_s: float, *, rate: int = 44100, volume: float = 0.5) -> list[str]:
    source = f"sine=f=440:r={rate}:d={duration_s},volume={volume}"
    return ["-f", "lavfi", "-i", source]


def moving(size: str, duration_s: float, fps: float | str = 25) -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={duration_s}"]


def encoded(
    size: str = "320x240",
    duration_s: float = 2,
    *,
    options: tuple[str, ...] = (*H264, *AAC),
    fps: float | str = 25,
    sound: bool = True,
) -> Maker:
    """A moving test picture, with a tone unless `sound` is false."""

    def make(path: Path) -> None:
        tone = sine(duration_s) if sound else []
        ffmpeg(*moving(size, duration_s, fps), *tone, *options, path)

    return make


def slides(
    size: str, each_s: float, count: int = 3, fps: int = 25, gop: int = 50
) -> Maker:
    """Pictures that stand still, one after another, under a tone on both sides."""

    def make(path: Path) -> None:
        kinds = ("smptebars", "rgbtestsrc", "pal75bars", "yuvtestsrc", "colorchart")
        inputs: list[str] = []
        for number in range(count):
            kind = kinds[number % len(kinds)]
            sized = "" if kind == "colorchart" else f"s={size}:"
            inputs += ["-f", "lavfi", "-i", f"{kind}={sized}r={fps}:d={each_s}"]
        scaled = "".join(
            f"[{n}:v]scale={size.replace('x', ':')},setsar=1,format=yuv420p[v{n}];"
            for n in range(count)
        )
        joined = "".join(f"[v{n}]" for n in range(count))
        graph = f"{scaled}{joined}concat=n={count}[v]"
        total_s = each_s * count
        ffmpeg(
            *inputs,
            *sine(total_s),
            *("-filter_complex", graph, "-map", "[v]", "-map", f"{count}:a"),
            *(*H264, *AAC, "-ac", "2", "-g", str(gop), path),
        )

    return make
