"""Who a worker is, exactly enough to be sure later that it is gone."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def mine() -> str:
    """host, boot, pid namespace, pid, start time: no later process has the same."""
    pid = os.getpid()
    parts = (socket.gethostname()[:60], *_machine(), str(pid), _start_time(pid))
    return "|".join(parts)


def short(worker: str) -> str:
    """For people: `host/pid`."""
    parts = worker.split("|")
    return f"{parts[0]}/{parts[3]}" if len(parts) == 5 else worker


def is_surely_gone(worker: str) -> bool:
    """False when in doubt: of another machine or container nothing can be known."""
    parts = worker.split("|")
    if len(parts) != 5 or tuple(parts[1:3]) != _machine() or not all(_machine()):
        return False
    return _start_time(int(parts[3])) != parts[4]


def _machine() -> tuple[str, str]:
    """Boot id and pid namespace; empty where there is no /proc."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return boot, str((_PROC / "self/ns/pid").readlink())
    except OSError:
        return "", ""


def _start_time(pid: int) -> str:
    """In clock ticks since boot; empty when there is no such process, or only its
    zombie (a killed worker whose parent has not reaped it yet)."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    # The name in brackets may hold anything, so count from the last bracket.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in {"Z", "X"} else fields[19]
