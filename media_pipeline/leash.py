"""Ties a program that runs in a process namespace of its own to us, without a gap.

bubblewrap asks the kernel to end what it started together with itself, but never looks
whether it was too late: killed while it sets up, it leaves an orphan that runs on. So the
first process inside, which asks the kernel after all set-up, says a word on its stdin (a
socket) and goes on only when answered. Nobody answers for a dead worker.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct

# For `sh`, before the program takes its place under the same pid.
WAITING = 'echo >&0 && read -r go && exec "$@" </dev/null'
_SENDER = struct.Struct("3i")  # the kernel's: pid, uid, gid
# The deaths that bubblewrap tells as 128 + signal. ffmpeg's own codes go to 255; those
# equal to one of these stand for errors that say nothing about a file either.
_DEATHS = {
    signal.SIGILL,
    signal.SIGABRT,
    signal.SIGBUS,
    signal.SIGFPE,
    signal.SIGKILL,
    signal.SIGSEGV,
    signal.SIGXCPU,
    signal.SIGXFSZ,
}


class Leash:
    """One for each program. `theirs` is its stdin; `pid` is known once it has spoken."""

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair()
        # The pid that comes with the word is the one in our namespace.
        self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.pid: int | None = None

    def fileno(self) -> int:
        return self._ours.fileno()

    def hand_over(self) -> None:
        """It has `theirs` now: from here on its death ends the connection."""
        self.theirs.close()

    def answer(self) -> None:
        """To be called once there is something to read."""
        word, notes, *_ = self._ours.recvmsg(1, socket.CMSG_SPACE(_SENDER.size))
        if word:
            self.pid = _SENDER.unpack(notes[0][2])[0]
            self._ours.send(b"\n")

    def kill(self) -> None:
        """The first process of a namespace: the kernel ends the others with it."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        self._ours.close()
        self.theirs.close()


def exit_code(told: int) -> int:
    """What bubblewrap ended with, as the program's own: negative for a signal."""
    return 128 - told if told - 128 in _DEATHS else told
