"""Films a lesson: its slides, each as long as its sentence is spoken (or a tone sounds)."""

from __future__ import annotations

import array
import math
import shutil
import wave
from dataclasses import dataclass
from pathlib import Path

from library.demo import slides
from library.demo.lessons import Lesson
from media_pipeline import binaries, captions
from media_pipeline.runner import run

RATE = 22_050
SLIDE_S = 2.6  # the least a slide is shown
PAUSE_S = 0.35
TONES_HZ = (262, 294, 330, 392, 440)
VOICES = ("vi", "vi-vn-x-central", "vi-vn-x-south")


@dataclass(frozen=True)
class Film:
    """Files below the folder that `make` was given."""

    video: Path
    captions: Path | None


def make(lesson: Lesson, folder: Path) -> Film:
    pictures = slides.draw(lesson, folder)
    sounds = [
        _sound(lesson, number, slide.speech, folder)
        for number, slide in enumerate(lesson.slides)
    ]
    seconds = [max(SLIDE_S, len(sound) / RATE) for sound in sounds]
    track = folder / "sound.wav"
    _write_wave(track, sounds, seconds)
    video = folder / f"{lesson.key}.mp4"
    run(_command(pictures, seconds, track, video), cwd=folder, timeout_s=120)
    return Film(video, _captions(lesson, seconds, folder))


def _command(
    pictures: list[Path], seconds: list[float], track: Path, video: Path
) -> list[str]:
    argv = [binaries.find().ffmpeg, "-nostdin", "-v", "error", "-y"]
    for picture, length in zip(pictures, seconds, strict=True):
        argv += ["-loop", "1", "-framerate", "15", "-t", f"{length:.3f}"]
        argv += ["-i", f"file:{picture}"]
    argv += ["-i", f"file:{track}", "-filter_complex"]
    argv += [f"concat=n={len(pictures)}:v=1:a=0,format=yuv420p[v]", "-map", "[v]"]
    argv += ["-map", f"{len(pictures)}:a", "-c:v", "libx264", "-preset", "ultrafast"]
    argv += ["-crf", "18", "-c:a", "aac", "-b:a", "96k", f"file:{video}"]
    return argv


def _sound(lesson: Lesson, number: int, speech: str, folder: Path) -> array.array[int]:
    if shutil.which("espeak-ng"):
        return _spoken(lesson, number, speech, folder)
    return _tone(TONES_HZ[(len(lesson.key) + number) % len(TONES_HZ)])


def _spoken(lesson: Lesson, number: int, speech: str, folder: Path) -> array.array[int]:
    path = folder / f"speech-{number}.wav"
    voice = VOICES[len(lesson.key) % len(VOICES)]
    argv = ["espeak-ng", "-v", voice, "-s", "190", "-w", str(path), "--", speech]
    run(argv, cwd=folder, timeout_s=60)
    with wave.open(str(path)) as recorded:
        samples = array.array("h", recorded.readframes(recorded.getnframes()))
    return samples + array.array("h", bytes(2 * int(PAUSE_S * RATE)))


def _tone(hertz: int) -> array.array[int]:
    """A soft tone that fades, as long as a slide is shown."""
    count = int(SLIDE_S * RATE)
    return array.array(
        "h",
        (
            int(6000 * (1 - at / count) * math.sin(2 * math.pi * hertz * at / RATE))
            for at in range(count)
        ),
    )


def _write_wave(
    path: Path, sounds: list[array.array[int]], seconds: list[float]
) -> None:
    with wave.open(str(path), "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(RATE)
        for sound, length in zip(sounds, seconds, strict=True):
            missing = max(0, int(length * RATE) - len(sound))
            track.writeframes(sound.tobytes() + bytes(2 * missing))


def _captions(lesson: Lesson, seconds: list[float], folder: Path) -> Path | None:
    if not lesson.has_captions:
        return None
    cues, start = [], 0.0
    for slide, length in zip(lesson.slides, seconds, strict=True):
        end = start + length
        cues.append(
            captions.Cue(int(start * 1000), int(end * 1000) - 100, slide.speech)
        )
        start = end
    path = folder / f"{lesson.key}.vtt"
    path.write_text(captions.to_vtt(tuple(cues)), encoding="utf-8")
    return path
