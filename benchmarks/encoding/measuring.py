"""CPU of whole process trees, bytes of folders, VMAF."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    cpu_s: float  # user and system, with all children that were waited for
    wall_s: float


def commands(argvs: Iterable[Sequence[str]], folder: Path) -> Spent:
    """Run one after another in `folder`."""
    cpu_s, started = 0.0, time.monotonic()
    for argv in argvs:
        cpu_s += command(argv, folder)
    return Spent(cpu_s, time.monotonic() - started)


def command(argv: Sequence[str], folder: Path, stdin: int | None = None) -> float:
    """CPU seconds of a command that must succeed."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            argv,
            cwd=folder,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            words = told.read()[-2000:].decode("utf-8", "replace")
            raise SystemExit(f"{' '.join(argv)}\n{words}")
    return usage.ru_utime + usage.ru_stime


def forked(work: Callable[[], None]) -> Spent:
    """Do `work` in a process of its own, which begins where this one stands: what it
    spends is the work, not the start of an interpreter."""
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("the work in a process of its own failed; see above")
    return Spent(usage.ru_utime + usage.ru_stime, time.monotonic() - started)


def bytes_of(folder: Path, globs: Sequence[str]) -> int:
    found = {path for pattern in globs for path in folder.glob(pattern)}
    return sum(path.stat().st_size for path in found if path.is_file())


def pictures(ffprobe: str, path: Path) -> int:
    argv = [ffprobe, "-v", "error", "-count_packets", "-select_streams", "v:0"]
    argv += ["-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", str(path)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return int(done.stdout)


def vmaf(ffmpeg: str, picture: Path, source: Path, fps: int) -> float:
    """Mean VMAF of `picture`, scaled to the source's 1080 lines and shown at its rate."""
    with tempfile.TemporaryDirectory() as folder:
        # From the first picture on: a container may begin its reordered ones late.
        same = (
            f"settb=AVTB,setpts=PTS-STARTPTS,fps={fps},"
            "scale=1920:1080:flags=bicubic,format=yuv420p"
        )
        graph = (
            f"[0:v]{same}[a];[1:v]{same}[b];"
            "[a][b]libvmaf=log_fmt=json:log_path=vmaf.json:n_threads=2:shortest=1"
        )
        argv = [
            ffmpeg,
            "-nostdin",
            "-v",
            "error",
            "-i",
            str(picture),
            "-i",
            str(source),
        ]
        command([*argv, "-lavfi", graph, "-f", "null", "-"], Path(folder))
        told = json.loads((Path(folder) / "vmaf.json").read_text())
    return float(told["pooled_metrics"]["vmaf"]["mean"])


def version(ffmpeg: str) -> str:
    told = subprocess.run(
        [ffmpeg, "-version"], check=True, capture_output=True, text=True
    )
    found = re.search(r"version n?(\S+)", told.stdout)
    return found[1] if found else "unknown"
