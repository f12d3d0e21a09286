"""The two clips that everything is measured on, as a school would upload them."""

from __future__ import annotations

import shutil
import subprocess
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoding import camera, lecture

SEED = 2021
RATE = 22_050
# A school PC's screen recorder, and a phone: no B-frames, a key frame a second.
RECORDER = "-c:v libx264 -preset veryfast -crf 18 -g 250"
PHONE = "-c:v libx264 -preset veryfast -b:v 9M -maxrate 10M -bufsize 10M -bf 0 -g 30"


@dataclass(frozen=True)
class Clip:
    name: str  # "slides" or "camera"
    path: Path
    seconds: float


def slides(ffmpeg: str, folder: Path, seconds: float) -> Clip:
    path = folder / f"slides-{seconds:g}.mp4"
    if not path.exists():
        sound = _speech(folder, seconds)
        _encode(ffmpeg, lecture.frames(seconds, SEED), sound, RECORDER.split(), path)
    return Clip("slides", path, seconds)


def talking(ffmpeg: str, folder: Path, seconds: float) -> Clip:
    path = folder / f"camera-{seconds:g}.mp4"
    if not path.exists():
        how = ["-vf", camera.SENSOR, *PHONE.split()]
        sound = _speech(folder, seconds)
        _encode(ffmpeg, camera.frames(seconds, SEED), sound, how, path)
    return Clip("camera", path, seconds)


def longer(ffmpeg: str, clip: Clip, seconds: float) -> Clip:
    """The clip again and again, up to `seconds`; nothing is encoded anew."""
    if clip.seconds >= seconds:
        return clip
    path = clip.path.with_name(f"{clip.name}-long-{seconds:g}.mp4")
    if not path.exists():
        argv = [ffmpeg, "-nostdin", "-v", "error", "-y", "-stream_loop", "-1"]
        argv += ["-i", str(clip.path), "-t", str(seconds), "-c", "copy"]
        _whole(argv, path)
    return Clip(clip.name, path, seconds)


def _whole(argv: list[str], path: Path) -> None:
    """An output is there under its name only once it is complete."""
    part = path.with_name(f"part-{path.name}")
    subprocess.run([*argv, str(part)], check=True)
    part.replace(path)


def _encode(
    ffmpeg: str, frames: Iterator[bytes], sound: list[str], how: list[str], path: Path
) -> None:
    size = "x".join(map(str, lecture.SIZE))
    argv = [ffmpeg, "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    argv += ["-video_size", size, "-framerate", str(lecture.FPS), "-i", "pipe:0"]
    argv += [*sound, "-pix_fmt", "yuv420p", *how]
    argv += ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2", "-shortest"]
    part = path.with_name(f"part-{path.name}")
    with subprocess.Popen([*argv, str(part)], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for frame in frames:
            process.stdin.write(frame)
    if process.returncode:
        raise SystemExit(f"{path.name} could not be made")
    part.replace(path)


def _speech(folder: Path, seconds: float) -> list[str]:
    """Input options for what is heard: Vietnamese speech, else a noise with its rhythm."""
    if shutil.which("espeak-ng") is None:
        beat = "0.5*sin(2*PI*3*t)*sin(2*PI*0.4*t)*(0.4*sin(2*PI*180*t)+0.2*random(0))"
        return ["-f", "lavfi", "-i", f"aevalsrc={beat}:s={RATE}:d={seconds}"]
    path = folder / f"speech-{seconds:g}.wav"
    if not path.exists():
        with wave.open(str(path), "wb") as whole:
            whole.setnchannels(1)
            whole.setsampwidth(2)
            whole.setframerate(RATE)
            for samples in _sentences(round(seconds * RATE)):
                whole.writeframes(samples)
    return ["-i", str(path)]


def _sentences(count: int) -> Iterator[bytes]:
    """Sentences and pauses, `count` samples in all."""
    left = 2 * count
    for text in lecture.words(SEED):
        argv = ["espeak-ng", "-v", "vi", "-s", "165", "--stdout", "--", text]
        spoken = subprocess.run(argv, check=True, capture_output=True).stdout[44:]
        for samples in (spoken, bytes(2 * int(0.6 * RATE))):
            yield samples[:left]
            left -= len(samples[:left])
        if left <= 0:
            return
