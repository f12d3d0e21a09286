"""The benchmark of the encoding runs to its end and prints each row that it promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clips import ffmpeg
from tests.house.source import ROOT

MEASURES = (
    "CPU, PeerTube / ours",
    "CPU, MediaCMS / ours",
    "CPU, ours / bare x264, same rungs",
    "bytes at 720p with sound, PeerTube / ours",
    "bytes at 720p with sound, MediaCMS / ours",
    "stored bytes, PeerTube / ours",
    "stored bytes, MediaCMS / ours",
    "VMAF at 720p, better peer − ours",
    "first rung watchable, share of the clip's length",
    "poster and storyboard, share of the CPU",
    "pieces / one run, CPU",
    "pieces / one run, bytes",
    "pieces / one run, pictures lost or doubled",
)


@pytest.mark.ffmpeg
def test_every_measure_is_taken_of_both_clips(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=10:d=1.2"),
        *("-f", "lavfi", "-i", "sine=d=1.2", "-c:v", "libx264", "-c:a", "aac", clip),
    )
    argv = [sys.executable, "-m", "benchmarks.encoding", "--runs", "1"]
    argv += ["--seconds", "1.2", "--long", "1", "--pieces", "1"]
    argv += ["--slides", str(clip), "--kills", "0"]  # starts the whole library
    argv += ["--camera", str(clip)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = [line.split(" | ")[0] for line in done.stdout.splitlines()]
    for clip_name in ("slides", "camera"):
        for measure in MEASURES:
            assert f"| {clip_name}: {measure}" in told
    assert "| kill -9 of a worker to work going on elsewhere" in told
