"""Keeps several processes of the project running: restarts what dies, takes them all
down with itself, and lets none of them outlive it, not even a kill -9."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

logger = logging.getLogger(__name__)

TICK_S = 0.2
STEADY_S = 10.0  # having lived so long, a death is a new misfortune and not a habit
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
PATIENCE_S = 10.0  # between SIGTERM and SIGKILL
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    name: str
    argv: Sequence[str]
    runs_once: bool = False  # done when it ends with 0, else tried again


class _Child:
    """One program: its process, if any, and when to start it again."""

    def __init__(self, program: Program, environment: Mapping[str, str]) -> None:
        self.program = program
        self.is_done = False
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._start_at = 0.0
        self._deaths = 0

    def look_after(self) -> None:
        now = time.monotonic()
        if self._process is not None:
            if (code := self._process.poll()) is not None:
                self._ended(code, now)
        elif not self.is_done and now >= self._start_at:
            self._start(now)

    def _start(self, now: float) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - argv lists are our own
            list(self.program.argv),
            env=dict(self._environment),
            stdin=subprocess.DEVNULL,
            # Its own group: Ctrl-C in a terminal reaches us alone, and we pass it on.
            process_group=0,
            # Between fork and exec only system calls happen, and we have no threads.
            preexec_fn=_die_with_parent(),  # noqa: PLW1509
        )
        self._started = now
        logger.info("%s started, pid %d", self.program.name, self._process.pid)

    def _ended(self, code: int, now: float) -> None:
        self._process = None
        self.is_done = self.program.runs_once and code == 0
        if self.is_done:
            return
        self._deaths = 0 if now - self._started > STEADY_S else self._deaths + 1
        pause = min(FIRST_PAUSE_S * 2 ** min(self._deaths, 10), LONGEST_PAUSE_S)
        self._start_at = now + pause
        logger.warning(
            "%s ended with %d, again in %.1f s", self.program.name, code, pause
        )

    def ask_to_end(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """With what it started itself, as far as that stayed in its group."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _die_with_parent() -> Callable[[], None]:
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def settle() -> None:
        if prctl is not None:
            # SIGTERM, so that a worker can still give its job back.
            prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

    return settle


def run(
    programs: Sequence[Program],
    environment: Mapping[str, str],
    every_tick: Callable[[], None],
) -> None:
    """Until SIGTERM or SIGINT; on return none of `programs` runs any more."""
    stop = threading.Event()

    def heed(number: int, _frame: FrameType | None) -> None:
        logger.info("%s: ending everything", signal.Signals(number).name)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, heed)
    children = [_Child(program, environment) for program in programs]
    try:
        while not stop.wait(TICK_S):
            for child in children:
                child.look_after()
            every_tick()
    finally:
        _end(children)


def _end(children: Sequence[_Child]) -> None:
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and not all(child.has_ended() for child in children):
        time.sleep(TICK_S / 4)
    for child in children:
        child.kill()
