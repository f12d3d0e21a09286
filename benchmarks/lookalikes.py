"""Films that are one in two files, and films that only look alike, by the ffmpeg at hand."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from media_pipeline import binaries

SIZE = (640, 360)
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-b:a", "64k", "-ac", "1")
Maker = Callable[[Path], None]


def ffmpeg(*arguments: object) -> None:
    argv = [binaries.find().ffmpeg, "-nostdin", "-v", "error", "-y"]
    subprocess.run([*argv, *map(str, arguments)], check=True)


# --- films --------------------------------------------------------------------------


def lecture(seed: int, seconds: int, *, sound: bool = True, jingle_s: int = 0) -> Maker:
    """Slides of a template that all lectures share, and a voice of its own. `jingle_s`:
    so long the sound too is everybody's."""

    def make(path: Path) -> None:
        chance = random.Random(seed)
        changes = [5.0] * (seconds // 5) if jingle_s else _parts(chance, seconds)
        raw = path.with_suffix(".rgb")
        with raw.open("wb") as file:
            for number, part_s in enumerate(changes):
                slide = _slide(chance, number)
                for _ in range(round(part_s * 5)):
                    file.write(slide)
        pictures = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "640x360", "-r", 5]
        heard = ["-f", "lavfi", "-i", voice(seed, seconds, jingle_s)] if sound else []
        out = [*H264, "-r", 25, "-crf", 23, *(AAC if sound else ()), "-t", seconds]
        ffmpeg(*pictures, "-i", raw, *heard, *out, path)
        raw.unlink()

    return make


def camera(seed: int, seconds: int) -> Maker:
    """Something that moves all the time, with grain, and somebody who speaks."""

    def make(path: Path) -> None:
        moving = (
            f"gradients=s=640x360:r=25:d={seconds}:seed={seed}:n=6:speed=0.03,"
            f"noise=alls=14:allf=t:all_seed={seed}"
        )
        ffmpeg(
            *("-f", "lavfi", "-i", moving, "-f", "lavfi", "-i", voice(seed, seconds)),
            *(*H264, "-crf", 24, *AAC, "-t", seconds, path),
        )

    return make


def voice(seed: int, seconds: int, jingle_s: int = 0) -> str:
    """Syllables: tones and hisses whose height and length are this speaker's alone."""
    own = f"if(lt(t,{jingle_s}),7,{seed})"

    def step(rate: float, salt: float) -> str:
        return f"abs(mod(sin(floor(t*{rate})*{salt}+{own})*43758.5453,1))"

    tones = (
        f"sin(2*PI*t*(120+380*{step(3.7, 12.9898)}))"
        f"+0.6*sin(2*PI*t*(400+900*{step(4.3, 78.233)}))"
        f"+0.5*(random(0)-0.5)*{step(5.1, 39.425)}"
    )
    loud = f"(0.15+0.85*{step(3.1, 93.989)})"
    return f"aevalsrc='0.3*({tones})*{loud}':s=16000:d={seconds}"


def _parts(chance: random.Random, seconds: int) -> list[float]:
    parts: list[float] = []
    while sum(parts) < seconds:
        parts.append(chance.uniform(3, 7))
    return parts


def _slide(chance: random.Random, number: int) -> bytes:
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 640, 54), fill="#123a7a")
    draw.rectangle((0, 340, 640, 360), fill="#e0a030")
    font = ImageFont.load_default(22)
    letters = "abcdeghiklmnopqrstuvxy     "
    for line in range(chance.randint(2, 7)):
        words = "".join(chance.choices(letters, k=chance.randint(8, 44)))
        draw.text((40, 76 + 36 * line), words, fill="black", font=font)
    draw.text((20, 12), f"Bài giảng · {number + 1}", fill="white", font=font)
    return picture.tobytes()


# --- copies --------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """What somebody did to a film before sending it once more."""

    name: str
    before: Sequence[object] = ()  # of the input
    after: Sequence[object] = ()

    def make(self, source: Path, to: Path) -> None:
        ffmpeg(*self.before, "-i", source, *H264, *AAC, *self.after, to)


COPIES = (
    Copy("small and coarse", after=("-vf", "scale=320:180", "-crf", 36)),
    Copy("other rate", after=("-r", 15, "-crf", 30, "-ar", 22050, "-b:a", "32k")),
    Copy("bars", after=("-vf", "pad=640:480:0:60,scale=480:360")),
    Copy("cropped", after=("-vf", "crop=iw*0.96:ih*0.96")),
    Copy("start cut off", before=("-ss", 3.3)),
    Copy("end cut off", after=("-t", 30)),
    Copy(
        "both cut off, coarse",
        before=("-ss", 2.71),
        after=("-t", 29, "-vf", "scale=426:240", "-crf", 34, "-b:a", "32k"),
    ),
    Copy("quieter, darker", after=("-af", "volume=-9dB", "-vf", "eq=brightness=-0.06")),
    Copy("a logo on it", after=("-vf", "drawbox=20:20:90:50:red@0.9:fill")),
    Copy("title before it", after=("-vf", "tpad=start=100", "-af", "adelay=4000")),
)
