"""kill -9 of a worker: how long until another process works on the same job."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from benchmarks.encoding.report import Missing, Row
from library import supervisor
from media_pipeline import steps
from media_pipeline.discard import discard
from media_pipeline.jobs import identity
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset

MEASURE = "kill -9 of a worker to work going on elsewhere"
MOST_S = 5.0
T = TypeVar("T")
MANAGE = Path(settings.BASE_DIR) / "manage.py"
LOOK_S = 0.02
# A worker killed sooner than this after its start would be restarted with a longer pause.
SETTLED_S = supervisor.STEADY_S + 2
PATIENCE_S = 300.0


def of_kills(film: Path, times: int) -> Iterator[Row | Missing]:
    """Under `up` with its default settings: beside an idle worker; and, for comparison,
    where there is no other, so that a new one must be started."""
    if not times or not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        yield Missing(MEASURE, "no worker was killed")
        return
    yield _row(MEASURE, _kills(film, times, transcoders=2), most=MOST_S)
    yield _row(f"{MEASURE}, of the only one", _kills(film, times, transcoders=1))


def _row(measure: str, took: list[float], most: float | None = None) -> Row:
    beside = f"median of {len(took)} kills; the longest {max(took):.1f} s"
    return Row(measure, statistics.median(took), most=most, unit=" s", beside=beside)


def _kills(film: Path, times: int, transcoders: int) -> list[float]:
    with _library(transcoders):
        return [_killed(film) for _ in range(times)]


@contextmanager
def _library(transcoders: int) -> Iterator[None]:
    """As an operator would start it, in DATA_DIR."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    argv = [sys.executable, str(MANAGE), "up", "--port", port]
    argv += ["--transcoders", str(transcoders)]
    log = Path(settings.DATA_DIR) / "up.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        _wait(lambda: b"The library is at" in log.read_bytes(), log)
        time.sleep(SETTLED_S)
        yield
    finally:
        process.terminate()
        process.wait()


def _killed(film: Path) -> float:
    """Seconds from the death of the worker that encodes `film` to another one's first
    child process, on the same job."""
    Path(settings.STAGING_DIR).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(film, Path(settings.STAGING_DIR) / "film")
    asset = steps.receive("film", film.name, film.stat().st_size)
    victim = _wait(lambda: _worker_of(asset))
    time.sleep(2)  # into the midst of the work
    os.kill(victim, signal.SIGKILL)
    killed = time.monotonic()
    _wait(lambda: _worker_of(asset, but=victim))
    took = time.monotonic() - killed
    discard(asset)
    time.sleep(SETTLED_S)
    return took


def _worker_of(asset: Asset, but: int | None = None) -> int | None:
    """The process that works on it, once that has begun something."""
    job = Job.objects.filter(key=asset.job_key, state=Job.State.RUNNING).first()
    if job is None:
        return None
    pid = int(identity.short(job.worker).rpartition("/")[2])
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return None
    return pid if children.strip() and pid != but else None


def _wait(what: Callable[[], T | None], log: Path | None = None) -> T:
    until = time.monotonic() + PATIENCE_S
    while not (found := what()):
        if time.monotonic() > until:
            raise SystemExit(f"nothing happens; {log.read_text() if log else ''}")
        time.sleep(LOOK_S)
    return found
