"""The only module that starts a process: bounded in time, memory, files and output."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from media_pipeline.errors import (
    CancelledError,
    ToolError,
    ToolMissingError,
    ToolTimeoutError,
)

TICK_S = 0.25  # how often `cancelled` and the clock are looked at
GRACE_S = 3.0  # between SIGTERM and SIGKILL
TAIL_BYTES = 16_384
LINE_BYTES = 65_536  # a longer line without an end is cut
_PR_SET_PDEATHSIG = 1
_GIB = 1024**3
Listener = Callable[[str], None]


@dataclass(frozen=True)
class Bounds:
    """Resource limits of one process, enforced by the kernel."""

    memory_bytes: int = 6 * _GIB
    file_bytes: int = 16 * _GIB
    open_files: int = 512
    cpu_s: int = 24 * 3600
    niceness: int = 5


@dataclass(frozen=True)
class Finished:
    """A process that ended with exit code 0."""

    stderr_tail: str
    wall_s: float
    cpu_s: float  # user and system


def run(  # noqa: PLR0913 - two ears, a brake and three limits: a process has them all
    argv: Sequence[str],
    *,
    cwd: Path,
    timeout_s: float,
    on_line: Listener | None = None,
    on_complaint: Listener | None = None,
    cancelled: Callable[[], bool] | None = None,
    bounds: Bounds | None = None,
) -> Finished:
    """Run `argv` to its end; each line of its stdout goes to `on_line`, each of its
    stderr to `on_complaint`.

    Raises CancelledError, ToolTimeoutError, ToolMissingError, or ToolError for any
    other end than exit code 0. Whatever a listener or `cancelled` raises passes
    through. In every case the whole process group is gone on return.
    """
    started = time.monotonic()
    process = _start(argv, cwd, bounds or Bounds())
    watch = _Watch(process, on_line, on_complaint)
    try:
        while not watch.is_over():
            watch.read(TICK_S)
            if cancelled is not None and cancelled():
                raise CancelledError(f"{_name(argv)} was stopped")
            if time.monotonic() - started > timeout_s:
                raise ToolTimeoutError(f"{_name(argv)} ran over {timeout_s:.0f} s")
    finally:
        cpu_s = _end(process, watch)
    if process.returncode != 0:
        code = process.returncode
        raise ToolError(f"{_name(argv)} ended with {code}: {watch.tail}", code)
    return Finished(watch.tail, time.monotonic() - started, cpu_s)


def _name(argv: Sequence[str]) -> str:
    return Path(argv[0]).name


def _start(argv: Sequence[str], cwd: Path, bounds: Bounds) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - argv lists are built by commands.py
            list(argv),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # Between fork and exec only system calls happen, so threads are safe.
            preexec_fn=_settle(bounds),  # noqa: PLW1509
        )
    except (FileNotFoundError, PermissionError) as error:
        raise ToolMissingError(f"{argv[0]} cannot be started: {error}") from error
    except subprocess.SubprocessError as error:
        raise ToolError(f"{_name(argv)} could not be set up: {error}") from error


def _settle(bounds: Bounds) -> Callable[[], None]:
    """What the child does before it becomes the program."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def settle() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)
        for what, most in (
            (resource.RLIMIT_AS, bounds.memory_bytes),
            (resource.RLIMIT_FSIZE, bounds.file_bytes),
            (resource.RLIMIT_NOFILE, bounds.open_files),
            (resource.RLIMIT_CPU, bounds.cpu_s),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with contextlib.suppress(ValueError, OSError):  # macOS has no RLIMIT_AS
                resource.setrlimit(what, (least, least))
        os.nice(bounds.niceness)

    return settle


class _Lines:
    """Tells a listener each line of a stream of blocks."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener
        self._rest = b""

    def take(self, block: bytes) -> None:
        if self._listener is None:
            return
        *lines, self._rest = (self._rest + block).split(b"\n")
        self._rest = self._rest[-LINE_BYTES:]
        if not block and self._rest:
            lines.append(self._rest)
        for line in lines:
            self._listener(line.decode("utf-8", "replace"))


class _Watch:
    """Both pipes of a process, read as they fill so that it can never block on us."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        on_line: Listener | None,
        on_complaint: Listener | None,
    ) -> None:
        self._complaints = _Lines(on_complaint)
        self._tail = b""
        self._selector = selectors.DefaultSelector()
        for pipe, sink in (
            (process.stdout, _Lines(on_line).take),
            (process.stderr, self._complain),
        ):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
                self._selector.register(pipe, selectors.EVENT_READ, sink)

    @property
    def tail(self) -> str:
        return self._tail.decode("utf-8", "replace").strip()

    def is_over(self) -> bool:
        return not self._selector.get_map()

    def read(self, timeout_s: float) -> None:
        for key, _events in self._selector.select(timeout_s):
            pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]
            block = os.read(pipe.fileno(), 65_536)
            if not block:
                self._selector.unregister(pipe)
            key.data(block)

    def close(self) -> None:
        self._selector.close()

    def _complain(self, block: bytes) -> None:
        self._tail = (self._tail + block)[-TAIL_BYTES:]
        self._complaints.take(block)


def _end(process: subprocess.Popen[bytes], watch: _Watch) -> float:
    """Reap the process, killing its group where it still runs; its CPU seconds."""
    usage = _wait(process, 0.0 if not watch.is_over() else GRACE_S)
    if usage is None:
        _signal(process, signal.SIGTERM)
        usage = _wait(process, GRACE_S)
    _signal(process, signal.SIGKILL)
    if usage is None:
        usage = _wait(process, float("inf"))
    watch.close()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    return usage or 0.0


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _wait(process: subprocess.Popen[bytes], patience_s: float) -> float | None:
    """CPU seconds once it has ended, else None. wait4 alone tells them per child."""
    until = time.monotonic() + patience_s
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_utime + usage.ru_stime
        if time.monotonic() >= until:
            return None
        time.sleep(0.005)
