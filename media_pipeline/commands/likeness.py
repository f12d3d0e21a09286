"""What tells one film from another: small grey pictures, and the spectrum of the sound."""

from __future__ import annotations

from pathlib import Path

import ffmpeg

from media_pipeline.commands.graph import compiled, open_source

PICTURES = "pictures.gray"  # one a second, of PICTURE_SIZE
PICTURE_SIZE = (64, 64)
SPECTRUM = "spectrum.gray"  # sheets of SPECTRUM_SIZE, time from left to right, and the
SPECTRUM_SIZE = (1024, 256)  # lowest of the 2 kHz at the bottom
SPECTRUM_RATE = 4000
COLUMNS_PER_S = 31.25  # windows of 512, each three quarters in the one before


def look_and_listen(tool: str, path: Path, *, sound: bool) -> list[str]:
    """Of a package's own file: it needs no doubt, and one decode is enough."""
    media = open_source(path, threads=1)
    small = media["v:0"].filter("fps", 1, start_time=0)
    grey = small.filter("scale", *PICTURE_SIZE, flags="area").filter("format", "gray")
    outputs = [ffmpeg.output(grey, PICTURES, f="rawvideo", fps_mode="passthrough")]
    if sound:
        outputs.append(_spectrum(media["a:0"]))
    return compiled(tool, outputs)


def _spectrum(sound: ffmpeg.Stream) -> ffmpeg.Stream:
    drawn = sound.filter("aresample", SPECTRUM_RATE).filter(
        "showspectrum",
        s="x".join(map(str, SPECTRUM_SIZE)),
        slide="fullframe",
        mode="combined",
        color="channel",
        saturation=0,
        scale="log",
        win_func="hann",
        overlap=0.75,
        legend=0,
    )
    grey = drawn.filter("format", "gray")
    return ffmpeg.output(grey, SPECTRUM, f="rawvideo", fps_mode="passthrough")
