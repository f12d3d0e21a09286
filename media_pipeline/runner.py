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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from media_pipeline.errors import (
    CancelledError,
    ToolError,
    ToolFloodError,
    ToolMissingError,
    ToolTimeoutError,
)
from media_pipeline.leash import Leash, exit_code

TICK_S = 0.25  # how often `cancelled` and the clock are looked at
WEIGH_S = 2.0  # how often the folder is
GRACE_S = 3.0  # between SIGTERM and SIGKILL
TAIL_BYTES = 16_384
STACK_BYTES = 2 * 1024**2  # of each thread; there may be a hundred
LINE_BYTES = 65_536  # a longer line without an end is cut
_PR_SET_PDEATHSIG = 1
_GIB = 1024**3
Listener = Callable[[str], None]


@dataclass(frozen=True)
class Bounds:
    """Limits of one process. The kernel holds all but `folder_bytes`: it bounds a file's
    size, not how many there may be."""

    memory_bytes: int = 2 * _GIB  # of its own; what it only reserves does not count
    file_bytes: int = 16 * _GIB
    open_files: int = 512
    cpu_s: int = 24 * 3600
    niceness: int = 5
    folder_bytes: int | None = None  # of all that is in `cwd`


@dataclass(frozen=True)
class Finished:
    """A process that ended with exit code 0."""

    stderr_tail: str
    wall_s: float
    cpu_s: float  # user and system


@dataclass
class Spent:
    """What processes took, however they ended."""

    cpu_s: float = 0.0
    peak_bytes: int = 0  # of memory, by the largest of them

    def add(self, usage: resource.struct_rusage) -> None:
        unit = 1 if sys.platform == "darwin" else 1024
        self.cpu_s += _cpu_s(usage)
        self.peak_bytes = max(self.peak_bytes, usage.ru_maxrss * unit)


def run(  # noqa: PLR0913 - two ears, a brake and three limits: a process has them all
    argv: Sequence[str],
    *,
    cwd: Path | None,
    timeout_s: float,
    on_line: Listener | None = None,
    on_complaint: Listener | None = None,
    cancelled: Callable[[], bool] | None = None,
    bounds: Bounds | None = None,
    confined: Sequence[str] | None = None,
    spent: Spent | None = None,
) -> Finished:
    """Run `argv` to its end; each line of its stdout goes to `on_line`, each of its
    stderr to `on_complaint`. `confined` is the command that does so in a sandbox.

    Raises CancelledError, ToolTimeoutError, ToolFloodError, ToolMissingError, or
    ToolError for any other end than exit code 0. Whatever a listener or `cancelled`
    raises passes through. In every case the whole process group is gone on return.
    """
    bounds = bounds or Bounds()
    guard = _Guard(Path(argv[0]).name, cwd, timeout_s, cancelled, bounds.folder_bytes)
    with contextlib.closing(Leash()) if confined else _no_leash() as leash:
        process = _start(confined or argv, cwd, bounds, leash)
        watch = _Watch(process, leash, on_line, on_complaint)
        try:
            while not watch.is_over():
                watch.read(TICK_S)
                guard.check()
        finally:
            usage = _end(process, watch, leash)
            if spent:
                spent.add(usage)
    _judge(guard.name, process.returncode, watch.tail, leash)
    return Finished(watch.tail, time.monotonic() - guard.started, _cpu_s(usage))


@contextlib.contextmanager
def _no_leash() -> Iterator[None]:
    yield None


def _judge(name: str, code: int, tail: str, leash: Leash | None) -> None:
    if leash and leash.pid is None:
        raise ToolError(f"the sandbox of {name} did not open: {tail}")
    if leash:
        code = exit_code(code)
    if code != 0:
        raise ToolError(f"{name} ended with {code}: {tail}", code)


def _cpu_s(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


@dataclass
class _Guard:
    """What must hold while a process runs; raises when it does not."""

    name: str
    folder: Path | None
    timeout_s: float
    cancelled: Callable[[], bool] | None
    folder_bytes: int | None
    started: float = field(default_factory=time.monotonic)
    weighed: float = 0.0

    def check(self) -> None:
        now = time.monotonic()
        if self.cancelled is not None and self.cancelled():
            raise CancelledError(f"{self.name} was stopped")
        if now - self.started > self.timeout_s:
            raise ToolTimeoutError(f"{self.name} ran over {self.timeout_s:.0f} s")
        if self.folder_bytes is not None and now - self.weighed > WEIGH_S:
            self.weighed = now
            if self.folder and _weight(self.folder) > self.folder_bytes:
                raise ToolFloodError(f"{self.name} wrote over {self.folder_bytes} B")


def _weight(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # renamed meanwhile
                total += (Path(path) / name).lstat().st_size
    return total


def _start(
    argv: Sequence[str], cwd: Path | None, bounds: Bounds, leash: Leash | None
) -> subprocess.Popen[bytes]:
    try:
        process = subprocess.Popen(  # noqa: S603 - argv lists are built by commands.py
            list(argv),
            cwd=cwd or "/",
            stdin=leash.theirs.fileno() if leash else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # Between fork and exec only system calls happen, so threads are safe.
            preexec_fn=_settle(bounds, is_leashed=leash is not None),  # noqa: PLW1509
        )
    except (FileNotFoundError, PermissionError) as error:
        raise ToolMissingError(f"{argv[0]} cannot be started: {error}") from error
    except subprocess.SubprocessError as error:
        raise ToolError(f"{argv[0]} could not be set up: {error}") from error
    if leash:
        leash.hand_over()
    return process


def _settle(bounds: Bounds, *, is_leashed: bool) -> Callable[[], None]:
    """What the child does before it becomes the program.

    bubblewrap binds itself to us, a little later: killed before it has told its child to
    go on, it would leave that waiting for ever.
    """
    parent = os.getpid()
    is_bound = sys.platform == "linux" and not is_leashed
    prctl = ctypes.CDLL(None).prctl if is_bound else None

    def settle() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)
        for what, most in (
            (resource.RLIMIT_DATA, bounds.memory_bytes),
            (resource.RLIMIT_STACK, STACK_BYTES),
            (resource.RLIMIT_FSIZE, bounds.file_bytes),
            (resource.RLIMIT_NOFILE, bounds.open_files),
            (resource.RLIMIT_CPU, bounds.cpu_s),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with contextlib.suppress(ValueError, OSError):  # macOS knows not all
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
    """Both pipes of a process, read as they fill so that it can never block on us, and
    its leash, answered as soon as it asks."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        leash: Leash | None,
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
        if leash:
            self._selector.register(leash, selectors.EVENT_READ)

    @property
    def tail(self) -> str:
        return self._tail.decode("utf-8", "replace").strip()

    def is_over(self) -> bool:
        return not self._selector.get_map()

    def read(self, timeout_s: float) -> None:
        for key, _events in self._selector.select(timeout_s):
            if isinstance(key.fileobj, Leash):
                key.fileobj.answer()
                self._selector.unregister(key.fileobj)
                continue
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


def _end(
    process: subprocess.Popen[bytes], watch: _Watch, leash: Leash | None
) -> resource.struct_rusage:
    """Reap the process, ending it and its group where it still runs; what it used."""
    usage = _wait(process, 0.0 if not watch.is_over() else GRACE_S)
    if usage is None:
        if leash and leash.pid:
            leash.kill()  # bubblewrap then ends by itself, with the CPU time counted
        else:
            _signal(process, signal.SIGTERM)
        usage = _wait(process, GRACE_S)
    _signal(process, signal.SIGKILL)
    watch.close()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    while usage is None:
        usage = _wait(process, GRACE_S)
    return usage


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _wait(
    process: subprocess.Popen[bytes], patience_s: float
) -> resource.struct_rusage | None:
    """What it used once it has ended, else None. wait4 alone tells that per child."""
    until = time.monotonic() + patience_s
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage
        if time.monotonic() >= until:
            return None
        time.sleep(0.005)
